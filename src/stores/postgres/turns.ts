import { isOutage } from './failure.js';

interface Turn {
  readonly take: () => Promise<void>;
  readonly refuse: (error: unknown) => void;
}

/**
 * The writes of one process, one after the other: in the database they would wait for each other all the same, each with a
 * connection that readers need.
 */
export class Turns {
  readonly #waiting: Turn[] = [];
  #busy = false;

  /** Does the work when its turn comes. Who waits behind one that finds no database fails with it, instead of trying in vain. */
  take<Result>(work: () => Promise<Result>): Promise<Result> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ take: async () => resolve(await work()), refuse: reject });
      if (!this.#busy) void this.#go();
    });
  }

  async #go(): Promise<void> {
    this.#busy = true;
    for (let turn = this.#waiting.shift(); turn !== undefined; turn = this.#waiting.shift()) {
      try {
        await turn.take();
      } catch (error) {
        turn.refuse(error);
        if (isOutage(error)) for (const behind of this.#waiting.splice(0)) behind.refuse(error);
      }
    }
    this.#busy = false;
  }
}
