/** So many changes in a minute no person makes by hand. */
const PER_BROWSER = 60;
/** Whoever calls themselves another browser each time gets no further than this. */
const PER_PERSON = 300;

const MINUTE = 60_000;

/** How many are kept in mind; beyond that the one longest unseen is forgotten. */
const MOST_KEPT = 1_000;

interface Spent {
  count: number;
  /** When counting begins anew. */
  ends: number;
}

/** How often one person, and each of their browsers, may post in a minute: a script gone wild is to harm no store. */
export class WriteLimit {
  readonly #spent = new Map<string, Spent>();
  readonly #now: () => number;

  /** @param now milliseconds of a clock that only goes forward */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  /** Counts a post. @returns the seconds to wait when it is one too many */
  wait(person: string, browser: string): number | undefined {
    const ends = [
      this.#spend(JSON.stringify([person, browser]), PER_BROWSER),
      this.#spend(JSON.stringify([person]), PER_PERSON),
    ];
    const latest = Math.max(...ends);
    return latest > 0 ? Math.ceil((latest - this.#now()) / 1000) : undefined;
  }

  /** @returns when it may go on, 0 for at once */
  #spend(key: string, most: number): number {
    const now = this.#now();
    const known = this.#spent.get(key);
    const spent = known === undefined || known.ends <= now ? { count: 0, ends: now + MINUTE } : known;
    spent.count += 1;
    // Put at the end anew, so that the first is always the one longest unseen.
    this.#spent.delete(key);
    this.#spent.set(key, spent);
    for (const oldest of this.#spent.keys()) {
      if (this.#spent.size <= MOST_KEPT) break;
      this.#spent.delete(oldest);
    }
    return spent.count > most ? spent.ends : 0;
  }
}
