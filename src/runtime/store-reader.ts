import { GatekeeperError, shown } from '../errors.js';
import { isContent, withChange } from '../stores/content.js';
import type { FlagStore, Revision, StoreContent } from '../stores/store.js';
import { NOTHING } from './content.js';
import { DataLost } from './outage.js';

/** Reads what a store holds: only what changed since the last time, where that is enough. */
export class StoreReader {
  readonly #store: FlagStore;
  readonly #environment: string;
  /** Whether the next read has to be of everything, because what is known may not be what the store went on from. */
  #whole = true;
  /** The newest revision that was told: up to there it need not be asked for. */
  #toldOf = 0;

  constructor(store: FlagStore, environment: string) {
    this.#store = store;
    this.#environment = environment;
  }

  /** @param revision as the store told it; without one something may have been missed, even where revisions do not tell */
  told(revision: Revision | undefined): void {
    if (revision !== undefined) this.#toldOf = revision;
    else if (this.#store.deltas === undefined) this.#whole = true;
  }

  /** Whether what is known is what the store goes on from. */
  trust(known: boolean): void {
    this.#whole = !known;
  }

  /**
   * What is there now; `known` itself when that is it.
   *
   * @throws DataLost
   */
  async latest(known: StoreContent): Promise<StoreContent> {
    const store = this.#store;
    const environment = this.#environment;
    if (known === NOTHING) return checkedContent(await store.load(environment), store.name);
    const told = store.deltas !== undefined && this.#goesOn(known, this.#toldOf);
    const revision = told ? this.#toldOf : await store.revision(environment);
    this.#checkNotLost(known, revision);
    if (revision === known.revision && !this.#whole) return known;
    const delta = this.#goesOn(known, revision) ? await store.deltas?.since(environment, known.revision) : undefined;
    if (delta !== undefined) return withChange(known, delta, delta.revision);
    const content = checkedContent(await store.load(environment), store.name);
    this.#checkNotLost(known, content.revision);
    return content;
  }

  /** The same of a store that answers at once; of any other `known`. */
  latestNow(known: StoreContent): StoreContent {
    const environment = this.#environment;
    const { sync } = this.#store;
    if (sync === undefined) return known;
    const revision = sync.revision(environment);
    this.#checkNotLost(known, revision);
    if (revision === known.revision && !this.#whole) return known;
    const delta = this.#goesOn(known, revision) ? sync.since?.(environment, known.revision) : undefined;
    return delta ? withChange(known, delta, delta.revision) : checkedContent(sync.load(environment), this.#store.name);
  }

  /** Whether only what changed since has to be read. */
  #goesOn(known: StoreContent, revision: Revision): boolean {
    return !this.#whole && revision > known.revision;
  }

  /** @throws DataLost */
  #checkNotLost(known: StoreContent, revision: Revision): void {
    if (revision < known.revision) throw new DataLost(this.#store.name, known.revision, revision);
  }
}

/** @throws GatekeeperError a store that does not keep its contract */
export function checkedContent(content: StoreContent, store: string): StoreContent {
  if (isContent(content)) return content;
  throw new GatekeeperError(
    'STORE_FAILED',
    `${store} gave ${shown(content)} as its content; it has to be { revision: 1, flags: {}, segments: {} }.`,
  );
}
