import type { Change } from '../runtime/changes.js';
import type { Runtime } from '../runtime/runtime.js';
import type { Revision } from '../stores/store.js';
import type { Sink, Stream } from './answer.js';
import type { LastChanges } from './last-changes.js';

/** How many pages may listen at once; each keeps a connection open. */
const MOST_LISTENERS = 50;

/** Who has the right to look may lose it: now and then a page has to come back through the door. In milliseconds. */
const LONGEST = 15 * 60_000;

/** Proxies hang up on connections that are silent, often after a minute. In milliseconds. */
const PING = 20_000;
const SWEEP = 1_000;

/** After how long a page comes back, in milliseconds: by chance up to twice that, so that not all come at once. */
const RETRY = 10_000;

/** More names nobody reads. */
const MOST_NAMES = 20;

interface Listener {
  readonly sink: Sink;
  /** When it has to come back. */
  readonly until: number;
  nextPing: number;
}

/** Tells open pages of changes, each by its own stream of events. */
export class Live {
  readonly #runtime: Runtime;
  readonly #lastChanges: LastChanges | undefined;
  readonly #listeners = new Set<Listener>();
  #timer: NodeJS.Timeout | undefined;
  #unsubscribe = (): void => undefined;
  #closed = false;

  constructor(runtime: Runtime, lastChanges: LastChanges | undefined) {
    this.#runtime = runtime;
    this.#lastChanges = lastChanges;
    runtime.onClose(() => this.#close());
  }

  /**
   * A place for one more page; `undefined` when there is none.
   *
   * @param since what the page shows; later changes are told at once
   */
  join(since: Revision | undefined): Stream['stream'] | undefined {
    if (this.#closed || this.#listeners.size >= MOST_LISTENERS) return undefined;
    return (sink) => {
      const now = performance.now();
      const listener: Listener = { sink, until: now + LONGEST, nextPing: now + PING };
      if (this.#listeners.size === 0) this.#begin();
      this.#listeners.add(listener);
      const { revision } = this.#runtime.snapshot;
      sink.send(`retry: ${Math.round(RETRY * (1 + Math.random()))}\nid: ${revision}\n\n`);
      if (since !== undefined && since < revision) void this.#catchUp(listener, since, revision);
      return () => this.#leave(listener);
    };
  }

  #begin(): void {
    this.#unsubscribe = this.#runtime.on('change', (change) => void this.#tell(change));
    this.#timer = setInterval(() => this.#sweep(), SWEEP).unref();
  }

  #leave(listener: Listener): void {
    if (!this.#listeners.delete(listener) || this.#listeners.size > 0) return;
    this.#unsubscribe();
    clearInterval(this.#timer);
  }

  #sweep(): void {
    const now = performance.now();
    for (const listener of this.#listeners) {
      if (!listener.sink.wanted || now >= listener.until) listener.sink.end();
      else if (now >= listener.nextPing) {
        listener.nextPing = now + PING;
        listener.sink.send(':\n\n');
      }
    }
  }

  #close(): void {
    this.#closed = true;
    for (const { sink } of this.#listeners) sink.end();
  }

  async #tell(change: Change): Promise<void> {
    const event = await this.#eventOf(change);
    for (const { sink } of this.#listeners) sink.send(event);
  }

  async #catchUp(listener: Listener, since: Revision, revision: Revision): Promise<void> {
    const { byFlag } = (await this.#lastChanges?.read()) ?? { byFlag: new Map() };
    const flags = [...byFlag].filter(([, last]) => last.revision > since).map(([flag]) => flag);
    if (flags.length === 0) return;
    const event = await this.#eventOf({ flags, revision });
    if (this.#listeners.has(listener)) listener.sink.send(event);
  }

  async #eventOf({ flags, revision }: Change): Promise<string> {
    const recency = await this.#lastChanges?.read(revision);
    const by = new Set(flags.flatMap((flag) => recency?.byFlag.get(flag)?.by ?? []));
    const told = { flags: flags.slice(0, MOST_NAMES), count: flags.length, by: [...by].slice(0, MOST_NAMES), revision };
    // JSON has no line breaks of its own, so no name can end the event.
    return `id: ${revision}\nevent: change\ndata: ${JSON.stringify(told)}\n\n`;
  }
}
