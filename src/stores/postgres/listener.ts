import { BackOff } from '../back-off.js';
import { within } from './deadline.js';
import { type ClientMaker, clientMakerOf, clientOptionsOf, type PostgresClient, type PostgresPool } from './driver.js';
import type { Settings } from './options.js';
import { hashOf } from './tables.js';

type Tell = (revision?: number) => void;

/** For how long a farewell may take. */
const FAREWELL = 500;

/**
 * The one connection on which Postgres tells of changes. It is there while somebody watches, and comes back by itself. What was
 * told while it was away is lost, so that losing it and having it again are told like a change.
 */
export class Listener {
  readonly #pool: PostgresPool;
  readonly #statement: string;
  readonly #settings: Settings;
  readonly #Client: ClientMaker;
  readonly #watchers = new Map<Tell, string>();
  #client: PostgresClient | undefined;
  #listening = false;
  readonly #backOff = new BackOff();
  #timer: NodeJS.Timeout | undefined;

  constructor(pool: PostgresPool, statement: string, settings: Settings) {
    this.#pool = pool;
    this.#statement = statement;
    this.#settings = settings;
    this.#Client = clientMakerOf(pool);
  }

  watch(environment: string, onRevision: Tell): () => void {
    // A function of its own: the same one may watch twice.
    const tell: Tell = (revision) => onRevision(revision);
    this.#watchers.set(tell, hashOf(environment));
    if (this.#watchers.size === 1) void this.#connect();
    return () => {
      if (this.#watchers.delete(tell) && this.#watchers.size === 0) void this.#leave();
    };
  }

  async close(): Promise<void> {
    this.#watchers.clear();
    await this.#leave();
  }

  async #connect(): Promise<void> {
    const client = new this.#Client({
      ...clientOptionsOf(this.#pool),
      connectionTimeoutMillis: this.#settings.connectTimeout,
      keepAlive: true,
      keepAliveInitialDelayMillis: 10_000,
    });
    this.#client = client;
    const lost = (): void => this.#lose(client);
    client.on('error', lost);
    client.on('end', lost);
    client.on('notification', ({ payload = '' }) => this.#hear(payload));
    try {
      await this.#inTime(() => {
        const connecting = client.connect();
        client.unref();
        return connecting;
      });
      // Once more: with TLS it is another socket by now.
      client.unref();
      await this.#inTime(() => client.query(this.#statement));
    } catch {
      this.#lose(client);
      return;
    }
    if (this.#client !== client) return;
    this.#backOff.reset();
    this.#listening = true;
    this.#later(this.#settings.pingEvery, () => this.#ping(client));
    this.#tellAll();
  }

  /** The other end may be gone without a word, e.g. behind a firewall that forgot the connection. */
  async #ping(client: PostgresClient): Promise<void> {
    try {
      await this.#inTime(() => client.query('SELECT 1'));
    } catch {
      this.#lose(client);
      return;
    }
    if (this.#client === client) this.#later(this.#settings.pingEvery, () => this.#ping(client));
  }

  #hear(payload: string): void {
    const [environment, revision] = payload.split(' ');
    for (const [tell, watched] of this.#watchers) if (watched === environment) tell(Number(revision));
  }

  #tellAll(): void {
    for (const tell of this.#watchers.keys()) tell();
  }

  #lose(client: PostgresClient): void {
    // An old one, or one that was let go.
    if (this.#client !== client) return;
    const had = this.#listening;
    void this.#leave();
    this.#later(this.#backOff.next(), () => this.#connect());
    if (had) this.#tellAll();
  }

  async #leave(): Promise<void> {
    clearTimeout(this.#timer);
    const client = this.#client;
    this.#client = undefined;
    this.#listening = false;
    if (client === undefined) return;
    try {
      await within(FAREWELL, 'No farewell came', () => client.end());
    } catch {
      client.connection?.stream?.destroy();
    }
  }

  #inTime(work: () => Promise<unknown>): Promise<unknown> {
    return within(this.#settings.connectTimeout, 'No answer came', work, { background: true });
  }

  #later(wait: number, act: () => Promise<void>): void {
    this.#timer = setTimeout(() => void act(), wait);
    this.#timer.unref();
  }
}
