import { messageOf } from '../errors.js';
import { isThenable } from '../evaluation/thenable.js';
import type { Revision } from '../stores/store.js';
import type { SafeLogger } from './logger.js';

/** What changed while the app ran. */
export interface Change {
  /** The names of the flags whose definition changed, came or went. */
  readonly flags: readonly string[];
  readonly revision: Revision;
}

/** Tells listeners of changes. One that throws is logged and keeps nobody from being told. */
export class Changes {
  readonly #listeners = new Set<(change: Change) => void>();
  readonly #logger: SafeLogger;

  constructor(logger: SafeLogger) {
    this.#logger = logger;
  }

  /** @returns takes the listener off again */
  on(_event: 'change', listener: (change: Change) => void): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  /** Tells of a change; of none when nothing is different. */
  tell(change: Change): void {
    if (change.flags.length === 0) return;
    for (const listener of this.#listeners) {
      try {
        const done: unknown = listener(change);
        if (isThenable(done)) done.then(undefined, (error) => this.#failed(error));
      } catch (error) {
        this.#failed(error);
      }
    }
  }

  #failed(error: unknown): void {
    this.#logger.error(`A listener for 'change' threw: ${messageOf(error)}`);
  }
}
