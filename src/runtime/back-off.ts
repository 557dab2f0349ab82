/** The first wait, and the longest, in milliseconds. */
const FIRST = 100;
const LONGEST = 10_000;

/** Tries something again after a wait that doubles each time, by chance up to half shorter, so that a fleet does not come all at once. */
export class BackOff {
  readonly #again: () => void;
  #failures = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(again: () => void) {
    this.#again = again;
  }

  failed(): void {
    const wait = Math.min(FIRST * 2 ** this.#failures, LONGEST) * (1 - Math.random() / 2);
    this.#failures = Math.min(this.#failures + 1, 20);
    clearTimeout(this.#timer);
    // What is waited for is no reason for a process to stay.
    this.#timer = setTimeout(this.#again, wait).unref();
  }

  worked(): void {
    this.#failures = 0;
    this.stop();
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}
