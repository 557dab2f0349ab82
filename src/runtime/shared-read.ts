/** Reads are sent at least so far apart, in milliseconds: who comes in a crowd shares them, also when each is answered at once. */
const SPACING = 2;

/**
 * Lets many who want to know something as it is now share one read: a read answers everybody who asked before it was sent, and
 * never somebody who asked later. However many ask, at most one read is under way and one more waited for.
 */
export class SharedRead {
  readonly #read: () => Promise<void>;
  #current: Promise<void> | undefined;
  #next: Promise<void> | undefined;
  #sent = Number.NEGATIVE_INFINITY;

  constructor(read: () => Promise<void>) {
    this.#read = read;
  }

  /** Resolves or rejects as a read does that was sent after this was called. */
  fresh(): Promise<void> {
    const wait = Math.ceil(this.#sent + SPACING - performance.now());
    if (this.#next === undefined && this.#current === undefined && wait <= 0) return this.#send();
    this.#next ??= this.#sendLater(wait);
    return this.#next;
  }

  async #sendLater(wait: number): Promise<void> {
    await this.#current?.catch(() => undefined);
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
    // Whoever asks from here on is too late for this read.
    this.#next = undefined;
    return this.#send();
  }

  #send(): Promise<void> {
    this.#sent = performance.now();
    const current = this.#read().finally(() => {
      if (this.#current === current) this.#current = undefined;
    });
    this.#current = current;
    return current;
  }
}
