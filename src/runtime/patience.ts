import { GatekeeperError } from '../errors.js';
import { deferred } from './deferred.js';
import type { Health } from './health.js';
import { OUTAGE } from './outage.js';

/** Waits for what a store is asked for, but never for ever. */
export class Patience {
  readonly #store: string;
  readonly #health: Health;
  readonly #end = deferred();

  /** @param store its name, for people */
  constructor(store: string, health: Health) {
    this.#store = store;
    this.#health = health;
  }

  /**
   * Resolves or rejects as `answer` does, and resolves when nobody waits any more.
   *
   * @throws GatekeeperError `STORE_FAILED`, there was no answer within so many milliseconds; health is told
   */
  async within(milliseconds: number, answer: Promise<void>): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => reject(this.#late(milliseconds)), milliseconds);
    });
    try {
      await Promise.race([answer, late, this.#end.promise]);
    } finally {
      clearTimeout(timer);
    }
  }

  /** Lets everybody go who waits. */
  end(): void {
    this.#end.resolve();
  }

  #late(milliseconds: number): GatekeeperError {
    const error = new GatekeeperError('STORE_FAILED', `${this.#store} did not answer within ${milliseconds} ms.`);
    // What is known of the trouble says more.
    if (!this.#health.isTold) this.#health.unwell(error.message, OUTAGE);
    return error;
  }
}
