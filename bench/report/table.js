/** Lines of cells, the first of them the heads of the columns. */
export class Table {
  /** @type {(readonly string[])[]} */
  #lines;

  /** @param {readonly string[]} heads */
  constructor(heads) {
    this.#lines = [heads];
  }

  /** @param {readonly string[]} cells */
  add(cells) {
    this.#lines.push(cells);
  }

  /** As Markdown, aligned for terminals too. */
  toString() {
    const [heads = [], ...lines] = this.#lines;
    const widths = heads.map((_, column) => Math.max(3, ...this.#lines.map((cells) => cells[column]?.length ?? 0)));
    const ruler = widths.map((width, column) => (column === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`));
    return [heads, ruler, ...lines].map((cells) => `| ${aligned(cells, widths).join(' | ')} |`).join('\n');
  }
}

/**
 * @param {readonly string[]} cells
 * @param {readonly number[]} widths
 */
function aligned(cells, widths) {
  return widths.map((width, column) => {
    const cell = cells[column] ?? '';
    return column === 0 ? cell.padEnd(width) : cell.padStart(width);
  });
}
