import { once } from 'node:events';
import { BackOff } from '../back-off.js';
import { type ClientMaker, end, type RedisClient, tamed } from './redis-client.js';
import { NoAnswer, within } from './within.js';

/** Where commands are sent. */
export interface Connection {
  /** A client that answers; rejects, within the time a call may take, when there is none. */
  ready(): Promise<RedisClient>;
  /** What the server answers. What is sent without waiting in between arrives in that order. */
  send(client: RedisClient, command: string[]): Promise<unknown>;
  /** Forgets that the server was away: it answers again. */
  retry(): void;
  close(): void;
}

/** A connection made when it is first needed, and made anew when it is needed after it was lost. */
export class OwnConnection implements Connection {
  readonly #make: ClientMaker;
  readonly #timeout: number;
  /** Calls that fail ask again soon, and some apps call once per request: the server is not tried as often as that. */
  readonly #backOff = new BackOff(100, 1_000);
  #client: RedisClient | undefined;
  #connected: Promise<RedisClient> | undefined;
  #notBefore = 0;
  /** Those that were given up for their silence. */
  readonly #silent = new WeakSet<RedisClient>();

  constructor(make: ClientMaker, timeout: number) {
    this.#make = make;
    this.#timeout = timeout;
  }

  ready(): Promise<RedisClient> {
    // A failed attempt stays, with its reason, until it is time for the next.
    if (this.#client === undefined && performance.now() >= this.#notBefore) this.#connected = this.#connect();
    return this.#connected ?? Promise.reject(new Error('no connection'));
  }

  async send(client: RedisClient, command: string[]): Promise<unknown> {
    try {
      return await answerTo(client, command, this.#timeout);
    } catch (error) {
      if (this.#silent.has(client)) throw new NoAnswer(this.#timeout);
      if (error instanceof NoAnswer) {
        // A server that is there and silent is a connection that nobody serves any more.
        this.#silent.add(client);
        this.#drop(client);
      }
      throw error;
    }
  }

  retry(): void {
    this.#backOff.reset();
    this.#notBefore = 0;
  }

  close(): void {
    this.#notBefore = Number.POSITIVE_INFINITY;
    this.#connected = undefined;
    if (this.#client !== undefined) this.#drop(this.#client);
  }

  async #connect(): Promise<RedisClient> {
    const client = this.#make();
    this.#client = client;
    client.unref?.();
    try {
      await within(this.#timeout, client.connect());
      this.#backOff.reset();
      client.on('error', () => this.#drop(client));
      return client;
    } catch (error) {
      this.#notBefore = Math.max(this.#notBefore, performance.now() + this.#backOff.next());
      this.#drop(client);
      throw error;
    }
  }

  #drop(client: RedisClient): void {
    end(client);
    if (this.#client === client) this.#client = undefined;
  }
}

/** The app's own client: it is used, and neither connected nor closed here. */
export class BorrowedConnection implements Connection {
  readonly #client: RedisClient;
  readonly #timeout: number;
  #waiting: Promise<RedisClient> | undefined;

  constructor(client: RedisClient, timeout: number) {
    this.#client = tamed(client);
    this.#timeout = timeout;
  }

  async ready(): Promise<RedisClient> {
    if (this.#client.isReady) return this.#client;
    if (!this.#client.isOpen) throw new Error('the client is not connected: call its connect() first');
    // However many wait, they wait once.
    this.#waiting ??= this.#wait().finally(() => {
      this.#waiting = undefined;
    });
    return this.#waiting;
  }

  send(client: RedisClient, command: string[]): Promise<unknown> {
    return answerTo(client, command, this.#timeout);
  }

  retry(): void {
    // The client does so by itself.
  }

  close(): void {
    // It belongs to the app.
  }

  async #wait(): Promise<RedisClient> {
    const givenUp = new AbortController();
    const events = this.#client as unknown as NodeJS.EventEmitter;
    try {
      await within(this.#timeout, once(events, 'ready', { signal: givenUp.signal }));
      return this.#client;
    } finally {
      givenUp.abort();
    }
  }
}

function answerTo(client: RedisClient, command: string[], timeout: number): Promise<unknown> {
  // An import of ten thousand flags is twenty thousand words: that it takes longer is no sign of a silent server.
  const patience = timeout * Math.max(1, Math.ceil(command.length / 5_000));
  return within(patience, client.sendCommand(command));
}
