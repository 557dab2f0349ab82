import { setImmediate } from 'node:timers/promises';
import type { Terminal } from '../terminal.js';
import { safeText } from './safe-text.js';

/** Tells a person how far a long piece of work is, and leaves no trace of it. */
export class Progress {
  readonly #terminal: Terminal;
  #shown = false;

  constructor(terminal: Terminal) {
    this.#terminal = terminal;
  }

  async at(step: string): Promise<void> {
    if (this.#terminal.progress === undefined) return;
    this.#shown = true;
    this.#terminal.progress(safeText(`${step} …`));
    // What comes next may keep the process too busy to show it.
    await setImmediate();
  }

  end(): void {
    if (this.#shown) this.#terminal.progress?.('');
    this.#shown = false;
  }
}
