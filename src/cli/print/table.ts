import { type Part, painted, textOf } from './styled.js';
import { fitted, widthOf } from './width.js';

const GAP = 2;
/** No column is made narrower than this. */
const NARROWEST = 4;

/** What a table is shown on. */
export interface Sheet {
  readonly width?: number | undefined;
  readonly colors?: boolean;
}

/** Rows under their titles, aligned; a column without anything in it is left out. What does not fit is cut, the widest column first. */
export function table(titles: readonly string[], rows: readonly (readonly Part[])[], sheet: Sheet): string[] {
  const used = titles.map((_title, column) => rows.some((row) => textOf(row[column] ?? '') !== ''));
  const heading = titles.map((text): Part => ({ text: text.toUpperCase(), style: 'dim' }));
  const shown = [heading, ...rows].map((row) =>
    titles.flatMap((_title, column) => (used[column] ? [row[column] ?? ''] : [])),
  );
  const widths = widthsOf(shown, sheet.width);
  return shown.map((row) =>
    row
      .map((part, column) => cell(part, column < row.length - 1, widths[column] ?? 0, sheet.colors ?? false))
      .join(' '.repeat(GAP))
      .trimEnd(),
  );
}

function widthsOf(rows: readonly (readonly Part[])[], available = Number.POSITIVE_INFINITY): number[] {
  const widths: number[] = [];
  for (const row of rows) {
    for (const [column, part] of row.entries()) widths[column] = Math.max(widths[column] ?? 0, widthOf(textOf(part)));
  }
  const taken = (): number => widths.reduce((sum, width) => sum + width + GAP, -GAP);
  while (taken() > available) {
    const widest = Math.max(...widths);
    if (widest <= NARROWEST) break;
    const column = widths.lastIndexOf(widest);
    const next = Math.max(NARROWEST, ...widths.filter((width) => width < widest));
    widths[column] = Math.max(next, widest - (taken() - available), NARROWEST);
    // Two of the same width take turns.
    if (widths[column] === widest) widths[column] = widest - 1;
  }
  return widths;
}

function cell(part: Part, padded: boolean, width: number, colors: boolean): string {
  const text = fitted(textOf(part), width);
  return painted(part, colors, text) + (padded ? ' '.repeat(Math.max(0, width - widthOf(text))) : '');
}
