import { FlagReader } from '../evaluation/flag-reader.js';
import type { KnownContext, Snapshot } from '../evaluation/snapshot.js';
import { Subject } from '../evaluation/subject.js';

/** Somebody as they were seen, or as somebody imagines them: what is asked of a request is not known of them. */
class Replayed extends Subject {
  readonly #known: KnownContext;

  constructor(snapshot: Snapshot, known: KnownContext, now: number) {
    const source = {
      snapshot,
      stale: false,
      clock: () => now,
      failed: () => undefined,
      unknownFlag: () => undefined,
    };
    super(source, known.userId, known.attributes);
    this.#known = known;
  }

  override get anonymousId(): string | undefined {
    return this.#known.anonymousId;
  }

  override get sessionId(): string | undefined {
    return this.#known.sessionId;
  }
}

/**
 * The flags that somebody gets from a snapshot at a moment: by the code that serves requests. Browser overrides and what flag
 * classes read from a request have no part in it.
 *
 * @param now milliseconds since the epoch
 */
export function replay(snapshot: Snapshot, known: KnownContext, now: number): FlagReader {
  return new FlagReader(new Replayed(snapshot, known, now));
}
