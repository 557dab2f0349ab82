import { setTimeout as delay } from 'node:timers/promises';
import { BackOff } from '../back-off.js';
import type { Revision } from '../store.js';
import { type ClientMaker, end, ignore, type RedisClient } from './redis-client.js';
import { within } from './within.js';

export type Tell = (revision?: Revision) => void;

interface SubscriberOptions {
  readonly make: ClientMaker;
  /** How long an answer may take, in milliseconds. */
  readonly timeout: number;
  /** How often a quiet connection is asked whether it is still there, in milliseconds. */
  readonly pingInterval: number;
  /** Called whenever the connection is there, before anybody is told. */
  readonly onConnected: () => void;
}

/** The one connection over which all watchers of a store are told. It is there while somebody watches. */
export class Subscriber {
  readonly #options: SubscriberOptions;
  readonly #channels = new Map<string, Set<Tell>>();
  /** Of the connection that is there or being made. */
  #client: RedisClient | undefined;
  /** What that connection is subscribed to. */
  #subscribed = new Set<string>();
  #session: AbortController | undefined;

  constructor(options: SubscriberOptions) {
    this.#options = options;
  }

  /** @returns what ends it */
  watch(channel: string, onRevision: Tell): () => void {
    // Whoever watches twice is told twice.
    const tell: Tell = (revision) => onRevision(revision);
    const tells = this.#channels.get(channel) ?? new Set();
    this.#channels.set(channel, tells.add(tell));
    if (this.#session === undefined) {
      this.#session = new AbortController();
      this.#stayConnected(this.#session.signal).catch(ignore);
    } else this.#join(channel);
    return () => {
      tells.delete(tell);
      if (tells.size === 0) this.#channels.delete(channel);
      if (this.#channels.size === 0) this.close();
    };
  }

  close(): void {
    this.#channels.clear();
    this.#session?.abort();
    this.#session = undefined;
    if (this.#client !== undefined) end(this.#client);
  }

  async #stayConnected(signal: AbortSignal): Promise<void> {
    const backOff = new BackOff();
    while (!signal.aborted) {
      const client = this.#options.make();
      this.#client = client;
      this.#subscribed = new Set();
      client.unref?.();
      try {
        const lost = lossOf(client, signal);
        await within(this.#options.timeout, this.#subscribeAll(client), { ref: false });
        backOff.reset();
        this.#options.onConnected();
        this.#tellAll();
        await this.#whileAlive(client, lost);
        if (!signal.aborted) this.#tellAll();
      } catch {
        // What cannot be reached is tried again; reading it tells why.
      } finally {
        end(client);
      }
      await delay(backOff.next(), undefined, { ref: false, signal }).catch(ignore);
    }
  }

  async #subscribeAll(client: RedisClient): Promise<void> {
    await client.connect();
    await Promise.all([...this.#channels.keys()].map((channel) => this.#subscribe(client, channel)));
  }

  async #subscribe(client: RedisClient, channel: string): Promise<void> {
    if (this.#subscribed.has(channel)) return;
    this.#subscribed.add(channel);
    await client.subscribe(channel, (revision) => this.#tell(channel, Number(revision)));
  }

  /** One more to tell on a connection that is there; on one that is being made its channel is subscribed to with the others. */
  #join(channel: string): void {
    const client = this.#client;
    if (!client?.isReady) return;
    within(this.#options.timeout, this.#subscribe(client, channel), { ref: false }).then(
      () => this.#tell(channel),
      () => end(client),
    );
  }

  async #whileAlive(client: RedisClient, lost: Promise<void>): Promise<void> {
    const { timeout, pingInterval } = this.#options;
    let dead = (): void => undefined;
    const silent = new Promise<void>((resolve) => {
      dead = resolve;
    });
    const ping = setInterval(() => {
      // Clients before version 5 send nothing else over a connection that is subscribed, unless they are told to.
      within(timeout, client.sendCommand(['PING'], { ignorePubSubMode: true }), { ref: false }).catch(dead);
    }, pingInterval).unref();
    try {
      await Promise.race([lost, silent]);
    } finally {
      clearInterval(ping);
    }
  }

  #tellAll(): void {
    for (const channel of [...this.#channels.keys()]) this.#tell(channel);
  }

  #tell(channel: string, revision?: Revision): void {
    for (const tell of [...(this.#channels.get(channel) ?? [])]) tell(revision);
  }
}

/** Resolves when the connection is gone, whoever ended it. */
function lossOf(client: RedisClient, ended: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    ended.addEventListener('abort', () => resolve(), { once: true });
    client.on('error', () => resolve());
    client.on('end', () => resolve());
  });
}
