import { GatekeeperError, messageOf } from '../errors.js';
import { withChange } from '../stores/content.js';
import type { FlagStore, Revision, StoreChange, StoreContent } from '../stores/store.js';
import { changeBetween, NOTHING, realChange } from './content.js';
import { deferred } from './deferred.js';
import type { Health } from './health.js';
import { isOutage, OUTAGE } from './outage.js';
import { Patience } from './patience.js';
import { Poll } from './poll.js';
import { Retry } from './retry.js';
import { SharedRead } from './shared-read.js';
import { checkedContent, StoreReader } from './store-reader.js';

/**
 * When the next look is due once a watcher was told that it may have missed something, in milliseconds: what ended its connection
 * may end the others a moment later.
 */
const SOON = 1_000;

/** How long a strong read may keep a request waiting, in milliseconds. Then the last known flags serve until the store answers. */
const FRESH_TIMEOUT = 1_000;

/** What a {@link StoreLink} connects. */
export interface Linked {
  readonly store: FlagStore;
  readonly environment: string;
  readonly health: Health;
  /** How long requests wait for the first load, in milliseconds. */
  readonly readyTimeout: number;
  /** Takes new content into use; when it throws, what was in use stays. */
  readonly use: (content: StoreContent, change: Required<StoreChange>) => void;
}

/** Keeps the content of a store at hand, as new as the store can be read. */
export class StoreLink {
  readonly #linked: Linked;
  readonly #reader: StoreReader;
  readonly #patience: Patience;
  readonly #retry = new Retry(() => this.#look());
  readonly #poll = new Poll(() => this.#look());
  readonly #shared = new SharedRead(() => this.#read());
  readonly #loaded = deferred();
  #content = NOTHING;
  #awaited: Promise<void> | undefined;
  #closed = false;
  #stop = (): void => undefined;

  constructor(linked: Linked) {
    const { store, environment, health } = linked;
    this.#linked = linked;
    this.#reader = new StoreReader(store, environment);
    this.#patience = new Patience(store.name, health);
  }

  /** Whether the store takes time to answer. */
  get loadsLater(): boolean {
    return this.#linked.store.sync === undefined;
  }

  get content(): StoreContent {
    return this.#content;
  }

  /** @throws GatekeeperError when a store that answers at once cannot be read */
  start(): void {
    const { store, environment, health, readyTimeout } = this.#linked;
    if (store.sync !== undefined) this.#adopt(checkedContent(store.sync.load(environment), store.name));
    else {
      health.waiting(`The flags in ${store.name} are not loaded yet.`);
      const waited = (): void => {
        this.#awaited = undefined;
      };
      this.#awaited = this.#patience.within(readyTimeout, this.#loaded.promise).then(waited, waited);
      this.#look();
    }
    this.#stop = store.watch(environment, (revision) => this.#told(revision)) ?? this.#stop;
    this.#poll.within();
  }

  /** What a request has to wait for before its flags can be read; `undefined` once they were loaded, or took too long. */
  get awaited(): Promise<void> | undefined {
    return this.#awaited;
  }

  /** @throws GatekeeperError the flags were not loaded in time, with the cause */
  async ready(): Promise<void> {
    await this.#awaited;
    if (this.#content !== NOTHING) return;
    throw new GatekeeperError('STORE_FAILED', this.#linked.health.cause ?? 'Nothing was loaded.');
  }

  /**
   * Resolves once everything is known that was acknowledged before this was called.
   *
   * @throws GatekeeperError the store cannot be read; the last known flags stay in use
   */
  async fresh(): Promise<void> {
    if (this.loadsLater) await this.#patience.within(FRESH_TIMEOUT, this.#shared.fresh());
    else this.freshNow();
    const { cause } = this.#linked.health;
    if (cause !== undefined) throw new GatekeeperError('STORE_FAILED', cause);
  }

  /** The same for a store that answers at once. Never throws: what cannot be read is told by health. */
  freshNow(): void {
    if (this.#closed) return;
    try {
      const content = this.#reader.latestNow(this.#content);
      if (content !== this.#content) this.#succeeded(content);
    } catch (error) {
      this.#failed(error);
    }
  }

  /** Takes in a change that this process has made, as soon as it was acknowledged. */
  async wrote(change: StoreChange, revision: Revision): Promise<void> {
    if (revision <= this.#content.revision) return;
    if (revision === this.#content.revision + 1) this.#adopt(withChange(this.#content, change, revision), change);
    // Others wrote in between. Should the store be gone already, what was written counts all the same.
    else await this.fresh().catch(() => this.#adopt(withChange(this.#content, change, this.#content.revision)));
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#patience.end();
    this.#stop();
    this.#retry.stop();
    this.#poll.stop();
    await this.#linked.store.close();
  }

  #told(revision?: Revision): void {
    if (revision !== undefined && revision === this.#content.revision && !this.#linked.health.stale) return;
    this.#reader.told(revision);
    if (revision === undefined) this.#poll.within(SOON);
    this.#look();
  }

  #look(): void {
    if (this.#closed) return;
    if (this.loadsLater) this.#shared.fresh().catch(() => undefined);
    else this.freshNow();
  }

  async #read(): Promise<void> {
    try {
      const content = await this.#reader.latest(this.#content);
      if (!this.#closed) this.#succeeded(content);
    } catch (error) {
      if (!this.#closed) this.#failed(error);
      if (error instanceof GatekeeperError) throw error;
      throw new GatekeeperError('STORE_FAILED', messageOf(error), { cause: error });
    }
  }

  #succeeded(content: StoreContent): void {
    this.#adopt(content);
    if (content.stale !== undefined) return;
    this.#retry.worked();
    this.#linked.health.well(`The flags in ${this.#linked.store.name} can be read again.`);
  }

  #failed(error: unknown): void {
    // Who was away may come back with other data.
    this.#reader.trust(false);
    this.#linked.health.unwell(messageOf(error), isOutage(error) ? OUTAGE : undefined);
    this.#retry.failed();
  }

  /** @param change what is different, where that is known */
  #adopt(content: StoreContent, change?: StoreChange): void {
    const before = this.#content;
    // A read may be overtaken by a write of our own.
    if (content === before || content.revision < before.revision) return;
    this.#linked.use(content, change ? realChange(before, change) : changeBetween(before, content));
    this.#content = content;
    this.#loaded.resolve();
    this.#linked.health.begun();
    this.#reader.trust(content.stale === undefined);
    if (content.stale !== undefined) this.#failed(new GatekeeperError('STORE_FAILED', content.stale));
  }
}
