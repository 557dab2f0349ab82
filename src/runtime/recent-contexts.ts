import type { Attributes } from '../evaluation/context.js';
import type { KnownContext, Seen } from '../evaluation/snapshot.js';
import { userKey } from '../evaluation/user-id.js';

/** How many of those seen at once are looked at; when more come, these stand for them. */
const MOST_AT_ONCE = 200;
/** How long after the first flag was read a context is looked at, in milliseconds: by then more is known of it. */
const LATER = 200;

/** Which contexts are kept for people to look at, and what of them. */
export interface RecentContextsOptions {
  /** How many, by default 500. */
  readonly max?: number;
  /** Attributes that are left out, e.g. `['email']`. */
  readonly redact?: readonly string[];
}

/** Somebody for whom flags were read, as far as that was found out while reading them. */
export interface RecentContext extends KnownContext {
  /** When they were last seen, in milliseconds since the epoch. */
  readonly at: number;
}

/** The last contexts that flags were read for, each once: to see who gets what, and what a change would do to them. */
export class RecentContexts {
  readonly #max: number;
  readonly #redacted: ReadonlySet<string>;
  readonly #clock: () => number;
  readonly #contexts = new Map<string, RecentContext>();
  #pending: Seen[] = [];
  #timer: NodeJS.Timeout | undefined;

  constructor({ max = 500, redact = [] }: RecentContextsOptions, clock: () => number) {
    this.#max = max;
    this.#redacted = new Set(redact);
    this.#clock = clock;
  }

  /** Takes note of somebody whose first flag is just being read. Costs next to nothing: they are looked at later. */
  note(seen: Seen): void {
    if (this.#pending.length >= MOST_AT_ONCE) return;
    this.#pending.push(seen);
    this.#timer ??= setTimeout(() => this.#look(), LATER).unref();
  }

  /** The latest first. */
  list(): RecentContext[] {
    this.#look();
    return [...this.#contexts.values()].reverse();
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#pending = [];
  }

  #look(): void {
    const seen = this.#pending;
    this.stop();
    for (const { known } of seen) {
      const key = userKey(known.userId) ?? known.anonymousId ?? keyOf(known.attributes);
      const attributes = key === undefined ? undefined : this.#copied(known.attributes);
      if (key === undefined || attributes === undefined) continue;
      const before = this.#contexts.get(key);
      // Put at the end anew, so that the first is always the one not seen for longest.
      this.#contexts.delete(key);
      this.#contexts.set(key, {
        userId: known.userId,
        // What another request asked for is still so.
        anonymousId: known.anonymousId ?? before?.anonymousId,
        sessionId: known.sessionId ?? before?.sessionId,
        attributes: { ...before?.attributes, ...attributes },
        at: this.#clock(),
      });
    }
    for (const oldest of this.#contexts.keys()) {
      if (this.#contexts.size <= this.#max) break;
      this.#contexts.delete(oldest);
    }
  }

  /** What is kept is not what the app goes on using; `undefined` for what cannot be kept. */
  #copied(attributes: Attributes): Attributes | undefined {
    try {
      const kept = Object.entries(attributes).filter(([name]) => !this.#redacted.has(name));
      return structuredClone(Object.fromEntries(kept));
    } catch {
      return undefined;
    }
  }
}

function keyOf(attributes: Attributes): string | undefined {
  try {
    return Object.keys(attributes).length === 0 ? undefined : JSON.stringify(attributes);
  } catch {
    return undefined;
  }
}
