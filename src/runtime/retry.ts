import { BackOff } from '../stores/back-off.js';

/** Tries something again, after pauses that grow as long as it fails. */
export class Retry {
  readonly #again: () => void;
  readonly #backOff = new BackOff();
  #timer: NodeJS.Timeout | undefined;

  constructor(again: () => void) {
    this.#again = again;
  }

  failed(): void {
    clearTimeout(this.#timer);
    // What is waited for is no reason for a process to stay.
    this.#timer = setTimeout(this.#again, this.#backOff.next()).unref();
  }

  worked(): void {
    this.#backOff.reset();
    this.stop();
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}
