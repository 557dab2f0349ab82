/** How long to wait before the next attempt: twice as long each time, and never quite as long as anybody else. */
export class BackOff {
  readonly #least: number;
  readonly #most: number;
  #next: number;

  /** Both in milliseconds. */
  constructor(least = 100, most = 10_000) {
    this.#least = least;
    this.#most = most;
    this.#next = least;
  }

  next(): number {
    const wait = this.#next;
    this.#next = Math.min(wait * 2, this.#most);
    return wait * (0.5 + Math.random() / 2);
  }

  reset(): void {
    this.#next = this.#least;
  }
}
