import type { Administration } from '../runtime/administration.js';
import type { AuditEntry } from '../stores/audit.js';
import type { Revision } from '../stores/store.js';

/** How many changes are looked back at; a flag not among them was not changed lately. */
const MOST = 500;
const PAGE = 100;

/** How long a page waits for what only completes it, in milliseconds. */
const PATIENCE = 300;

/** How long a store that failed is left alone, in milliseconds. */
const PAUSE = 5_000;

/** When and by whom a flag was changed last. */
export interface LastChange {
  readonly revision: Revision;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly by: string;
}

export interface Recency {
  readonly byFlag: ReadonlyMap<string, LastChange>;
  /** From this moment on every change is known: the beginning of time where all was read, the end of it where nothing was. */
  readonly from: number;
}

export const NOTHING_KNOWN: Recency = { byFlag: new Map(), from: Number.POSITIVE_INFINITY };

/** The last change of each flag, from the store's history. Read once, and from then on only what is new. */
export class LastChanges {
  readonly #administration: Administration;
  #known = NOTHING_KNOWN;
  /** Up to where the history was read. */
  #head: Revision = -1;
  #reading: Promise<void> | undefined;
  #pausedUntil = Number.NEGATIVE_INFINITY;

  constructor(administration: Administration) {
    this.#administration = administration;
  }

  /**
   * What is known, which is all up to now unless the store is slow or cannot be read. Never rejects.
   *
   * @param least a revision that has to be among it
   */
  async read(least: Revision = 0): Promise<Recency> {
    const wanted = Math.max(least, this.#administration.content.revision);
    if (this.#head >= wanted || performance.now() < this.#pausedUntil) return this.#known;
    this.#reading ??= this.#readOn(wanted).finally(() => {
      this.#reading = undefined;
    });
    await within(PATIENCE, this.#reading);
    return this.#known;
  }

  async #readOn(wanted: Revision): Promise<void> {
    try {
      const found = new Map<string, LastChange>();
      const from = await this.#look(found);
      const older = [...this.#known.byFlag].filter(([flag]) => !found.has(flag));
      this.#known = { byFlag: new Map([...found, ...older]), from: Math.min(from, this.#known.from) };
      this.#head = wanted;
    } catch {
      // The page says elsewhere that the store cannot be read.
      this.#pausedUntil = performance.now() + PAUSE;
    }
  }

  /** @returns from when on everything is known */
  async #look(found: Map<string, LastChange>): Promise<number> {
    let oldest: AuditEntry | undefined;
    for (let read = 0; read < MOST; read += PAGE) {
      const before = oldest?.revision;
      const entries = await this.#administration.history({ limit: PAGE, ...(before !== undefined && { before }) });
      const news = entries.filter(({ revision }) => revision > this.#head);
      for (const entry of news) note(entry, found);
      if (news.length < entries.length) return this.#known.from;
      if (entries.length < PAGE) return Number.NEGATIVE_INFINITY;
      oldest = entries.at(-1);
    }
    return oldest?.at ?? Number.POSITIVE_INFINITY;
  }
}

/** Entries come newest first. */
function note({ revision, at, by, changes }: AuditEntry, found: Map<string, LastChange>): void {
  for (const { kind, name } of changes) {
    if (kind === 'flag' && !found.has(name)) found.set(name, { revision, at, by });
  }
}

async function within(milliseconds: number, task: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, milliseconds);
  });
  await Promise.race([task, patience]);
  clearTimeout(timer);
}
