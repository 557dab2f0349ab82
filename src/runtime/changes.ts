import { messageOf } from '../errors.js';
import { isThenable } from '../evaluation/thenable.js';
import type { Revision, StoreContent } from '../stores/store.js';
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

/** Definitions as they were stored. */
export type Stored = Pick<StoreContent, 'flags' | 'segments'>;

/** What is different between two states of a store. */
export function changeBetween(old: Stored, after: StoreContent): Change {
  return { flags: changedFlags(old, after), revision: after.revision };
}

function changedFlags(old: Stored, after: Stored): string[] {
  const names = [...new Set([...Object.keys(old.flags), ...Object.keys(after.flags)])];
  // Any flag may look at a segment, so a changed segment counts as a change of all.
  if (!same(old.segments, after.segments)) return names;
  return names.filter((name) => !same(own(old.flags, name), own(after.flags, name)));
}

/** A flag may be named like what every object has. */
function own(flags: Stored['flags'], name: string): unknown {
  return Object.hasOwn(flags, name) ? flags[name] : undefined;
}

function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
