/** Text with changes to be made to it. Whatever no change names stays as it is, to the byte. */
export class TextEdit {
  readonly text: string;
  readonly #splices: { readonly start: number; readonly end: number; readonly text: string }[] = [];

  constructor(text: string) {
    this.text = text;
  }

  replace(start: number, end: number, text: string): void {
    this.#splices.push({ start, end, text });
  }

  /** Where the line ends that contains what ends at `position`: before its line end. */
  lineEnd(position: number): number {
    const inside = this.text[position - 1] === '\n' ? position - 1 : position;
    const found = this.text.indexOf('\n', inside);
    const end = found === -1 ? this.text.length : found;
    return this.text[end - 1] === '\r' && found !== -1 ? end - 1 : end;
  }

  lineStart(position: number): number {
    return this.text.lastIndexOf('\n', position - 1) + 1;
  }

  /** The text once all changes are made; `undefined` when two of them are about the same place. */
  result(): string | undefined {
    let result = '';
    let done = 0;
    for (const { start, end, text } of this.#splices.toSorted((one, other) => one.start - other.start)) {
      if (start < done) return undefined;
      result += this.text.slice(done, start) + text;
      done = end;
    }
    return result + this.text.slice(done);
  }
}
