import { GatekeeperError, messageOf } from '../errors.js';
import type { FlagStore, Revision, StoreChange, StoreContent } from '../stores/store.js';
import { changeBetween, NOTHING, withChange } from './content.js';
import type { Health } from './health.js';
import { DataLost, isOutage, OUTAGE } from './outage.js';
import { Retry } from './retry.js';
import { SharedRead } from './shared-read.js';

/** How often the revision is asked for though nothing was told, in milliseconds, by chance up to half sooner. */
const SAFETY_POLL = 30_000;

/** The same once a watcher was told that it may have missed something: what ended its connection may end the others a moment later. */
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
  readonly #retry = new Retry(() => this.#look());
  readonly #shared = new SharedRead(() => this.#read());
  #content = NOTHING;
  #loaded = false;
  /** Whether the next read has to be of everything, because what is here may not be what the store went on from. */
  #whole = true;
  readonly #begun = deferred();
  readonly #closing = deferred();
  #closed = false;
  #stop = (): void => undefined;
  #poll: NodeJS.Timeout | undefined;
  #first: Promise<void> | undefined;
  /** The newest revision that was told: up to there it need not be asked for. */
  #toldOf = 0;

  constructor(linked: Linked) {
    this.#linked = linked;
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
    if (store.sync !== undefined) this.#adopt(store.sync.load(environment));
    else {
      health.waiting(`The flags in ${store.name} are not loaded yet.`);
      const waited = (): void => {
        this.#first = undefined;
      };
      this.#first = this.#within(readyTimeout, this.#begun.promise).then(waited, waited);
      this.#look();
    }
    this.#stop = store.watch(environment, (revision) => this.#told(revision));
    this.#pollLater();
  }

  /** What a request has to wait for before its flags can be read; `undefined` once they were loaded, or took too long. */
  get awaited(): Promise<void> | undefined {
    return this.#first;
  }

  /** @throws GatekeeperError the flags were not loaded in time, with the cause */
  async ready(): Promise<void> {
    if (this.#loaded) return;
    await this.#first;
    if (!this.#loaded) throw new GatekeeperError('STORE_FAILED', this.#linked.health.cause ?? 'Nothing was loaded.');
  }

  /**
   * Resolves once everything is known that was acknowledged before this was called.
   *
   * @throws GatekeeperError the store cannot be read; the last known flags stay in use
   */
  async fresh(): Promise<void> {
    if (this.#linked.store.sync !== undefined) this.freshNow();
    else await this.#within(FRESH_TIMEOUT, this.#shared.fresh());
    const { cause } = this.#linked.health;
    if (cause !== undefined) throw new GatekeeperError('STORE_FAILED', cause);
  }

  /** The same for a store that answers at once. Never throws: what cannot be read is told by health. */
  freshNow(): void {
    const { store, environment } = this.#linked;
    if (store.sync === undefined || this.#closed) return;
    try {
      const revision = store.sync.revision(environment);
      this.#checkNotLost(revision, this.#content);
      if (revision === this.#content.revision && !this.#whole) return;
      const delta = this.#isNext(revision) ? store.sync.since?.(environment, this.#content.revision) : undefined;
      this.#succeeded(delta ? withChange(this.#content, delta, delta.revision) : store.sync.load(environment));
    } catch (error) {
      this.#failed(error);
    }
  }

  /** Takes in a change that this process has made, as soon as it was acknowledged. */
  async wrote(change: StoreChange, revision: Revision): Promise<void> {
    if (revision <= this.#content.revision) return;
    if (revision === this.#content.revision + 1) this.#adopt(withChange(this.#content, change, revision));
    // Others wrote in between. Should the store be gone already, what was written counts all the same.
    else await this.fresh().catch(() => this.#adopt(withChange(this.#content, change, this.#content.revision)));
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#closing.resolve();
    this.#stop();
    this.#retry.stop();
    clearTimeout(this.#poll);
    await this.#linked.store.close();
  }

  #told(revision?: Revision): void {
    if (revision !== undefined && revision === this.#content.revision && !this.#linked.health.stale) return;
    // Without a revision something may have been missed, even where revisions do not tell.
    if (revision === undefined && this.#linked.store.deltas === undefined) this.#whole = true;
    if (revision === undefined) this.#pollLater(SOON);
    else this.#toldOf = revision;
    this.#look();
  }

  #look(): void {
    if (this.#closed) return;
    if (this.#linked.store.sync !== undefined) this.freshNow();
    else this.#shared.fresh().catch(() => undefined);
  }

  #pollLater(wait = SAFETY_POLL): void {
    clearTimeout(this.#poll);
    const poll = (): void => {
      this.#look();
      this.#pollLater();
    };
    this.#poll = setTimeout(poll, wait * (1 - Math.random() / 2)).unref();
  }

  async #read(): Promise<void> {
    try {
      const content = await this.#latest();
      if (!this.#closed) this.#succeeded(content);
    } catch (error) {
      if (!this.#closed) this.#failed(error);
      if (error instanceof GatekeeperError) throw error;
      throw new GatekeeperError('STORE_FAILED', messageOf(error), { cause: error });
    }
  }

  async #latest(): Promise<StoreContent> {
    const { store, environment } = this.#linked;
    if (!this.#loaded) return store.load(environment);
    const known = this.#content;
    const revision = store.deltas && this.#isNext(this.#toldOf) ? this.#toldOf : await store.revision(environment);
    this.#checkNotLost(revision, known);
    if (revision === known.revision && !this.#whole) return known;
    const delta = this.#isNext(revision) ? await store.deltas?.since(environment, known.revision) : undefined;
    if (delta !== undefined) return withChange(known, delta, delta.revision);
    const content = await store.load(environment);
    this.#checkNotLost(content.revision, known);
    return content;
  }

  /** Whether only what changed since has to be read. */
  #isNext(revision: Revision): boolean {
    return !this.#whole && revision > this.#content.revision;
  }

  #succeeded(content: StoreContent): void {
    this.#adopt(content);
    if (content.stale !== undefined) return;
    this.#retry.worked();
    this.#linked.health.well(`The flags in ${this.#linked.store.name} can be read again.`);
  }

  #failed(error: unknown): void {
    // Who was away may come back with other data.
    this.#whole = true;
    this.#linked.health.unwell(messageOf(error), isOutage(error) ? OUTAGE : undefined);
    this.#retry.failed();
  }

  #adopt(content: StoreContent): void {
    const before = this.#content;
    // A read may be overtaken by a write of our own.
    if (content === before || (this.#loaded && content.revision < before.revision)) return;
    this.#linked.use(content, changeBetween(before, content));
    this.#content = content;
    this.#loaded = true;
    this.#begun.resolve();
    this.#whole = content.stale !== undefined;
    if (content.stale !== undefined) this.#failed(new GatekeeperError('STORE_FAILED', content.stale));
  }

  /** @throws DataLost */
  #checkNotLost(revision: Revision, known: StoreContent): void {
    if (revision < known.revision) throw new DataLost(this.#linked.store.name, known.revision, revision);
  }

  /** Waits for something of the store, but not longer than this, nor beyond the closing. */
  async #within(milliseconds: number, read: Promise<void>): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => {
        const error = new GatekeeperError(
          'STORE_FAILED',
          `${this.#linked.store.name} did not answer within ${milliseconds} ms.`,
        );
        // What is known of the trouble says more.
        if (!this.#linked.health.isTold) this.#linked.health.unwell(error.message, OUTAGE);
        reject(error);
      }, milliseconds);
    });
    try {
      await Promise.race([read, late, this.#closing.promise]);
    } finally {
      clearTimeout(timer);
    }
  }
}

function deferred(): { readonly promise: Promise<void>; readonly resolve: () => void } {
  let resolve = (): void => undefined;
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}
