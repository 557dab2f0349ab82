import type { Terminal } from '../terminal.js';
import { safeJson, safeLines } from './safe-text.js';
import { type Part, painted } from './styled.js';
import { table } from './table.js';

/** What verbs write on, for people or for programs. Nothing that was written by others reaches a terminal as it is. */
export class Paper {
  readonly #terminal: Terminal;
  /** Whether a program reads. */
  readonly forPrograms: boolean;
  readonly #noted = new Set<string>();

  constructor(terminal: Terminal, forPrograms: boolean) {
    this.#terminal = terminal;
    this.forPrograms = forPrograms;
  }

  /** One result: data for programs, and what says the same to people. */
  tell(data: unknown, toPeople: () => void): void {
    if (this.forPrograms) this.#terminal.out(safeJson(data, 2));
    else toPeople();
  }

  /** One of many results, each on a line of its own. */
  tellNext(data: unknown, toPeople: () => void): void {
    if (this.forPrograms) this.#terminal.out(safeJson(data));
    else toPeople();
  }

  line(...parts: readonly Part[]): void {
    this.#terminal.out(parts.map((part) => painted(part, this.#terminal.colors ?? false)).join(''));
  }

  text(text: string): void {
    this.#terminal.out(safeLines(text));
  }

  table(titles: readonly string[], rows: readonly (readonly Part[])[]): void {
    for (const line of table(titles, rows, this.#terminal)) this.#terminal.out(line);
  }

  /** Something beside the result. */
  note(text: string): void {
    this.#terminal.err(safeLines(text));
  }

  /** The same, but not a second time. */
  noteOnce(text: string): void {
    if (this.#noted.has(text)) return;
    this.#noted.add(text);
    this.note(text);
  }
}
