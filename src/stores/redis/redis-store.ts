import { GatekeeperError } from '../../errors.js';
import { type AuditEntry, type HistoryQuery, recordsOf } from '../audit.js';
import type { ChangeOptions, FlagStore, Revision, StoreChange, StoreContent, StoreDelta } from '../store.js';
import { BorrowedConnection, type Connection, OwnConnection } from './connection.js';
import { readHistory } from './history.js';
import { environmentsKey, escaped, type Keys, keysOf, recordId, SCHEMA, SEPARATOR, unescaped } from './keys.js';
import type { RedisSettings } from './options.js';
import { clientsLike, clientsOf, ignore } from './redis-client.js';
import { contentIn, deltaIn, revisionIn, revisionInHead } from './replies.js';
import { APPLY, LOAD, SINCE } from './scripts.js';
import { Server, type Talk } from './server.js';
import { Subscriber } from './subscriber.js';

/** Flags in Redis: `redisStore()` makes one. */
export class RedisStore implements FlagStore {
  readonly name: string;
  readonly #prefix: string;
  readonly #connection: Connection;
  readonly #server: Server;
  readonly #subscriber: Subscriber;
  #closed = false;

  readonly deltas = {
    since: async (environment: string, revision: Revision): Promise<StoreDelta | undefined> => {
      const { head, records, changed } = this.#keys(environment);
      const values = [String(SCHEMA), String(revision)];
      return deltaIn(await this.#server.read((redis) => redis.run(SINCE, [head, records, changed], values)), revision);
    },
  };

  readonly environments = {
    list: async (): Promise<readonly string[]> => this.#open().read((redis) => this.#list(redis)),
  };

  constructor({ name, from, prefix, timeout, pingInterval }: RedisSettings) {
    this.name = name;
    this.#prefix = prefix;
    const make = 'url' in from ? clientsOf(from.url, timeout) : clientsLike(from.client, timeout);
    this.#connection = 'url' in from ? new OwnConnection(make, timeout) : new BorrowedConnection(from.client, timeout);
    this.#server = new Server(name, this.#connection);
    const onConnected = (): void => this.#connection.retry();
    this.#subscriber = new Subscriber({ make, timeout, pingInterval, onConnected });
  }

  async load(environment: string): Promise<StoreContent> {
    const { head, records } = this.#keys(environment);
    return contentIn(await this.#server.read((redis) => redis.run(LOAD, [head, records], [String(SCHEMA)])));
  }

  async revision(environment: string): Promise<Revision> {
    const { head } = this.#keys(environment);
    return revisionInHead(await this.#server.read((redis) => redis.ask('HMGET', head, 'revision', 'schema')));
  }

  async apply(environment: string, change: StoreChange, options: ChangeOptions): Promise<Revision> {
    const { expectedRevision, by, comment = '', at = Date.now() } = options;
    const { channel, head, records, changed, entries, named, rows, index } = this.#keys(environment);
    const changes = recordsOf(change);
    if (changes.length === 0) return this.revision(environment);
    const values = [
      String(SCHEMA),
      channel,
      String(expectedRevision ?? ''),
      JSON.stringify({ at, by, comment }),
      changes.map(recordId).join(SEPARATOR),
      ...changes.flatMap((record) => [recordId(record), record.after === null ? '' : JSON.stringify(record.after)]),
    ];
    const reply = await this.#server.write((redis) => {
      // Sent first and not waited for: the server has it before it acknowledges the change.
      redis.ask('SADD', environmentsKey(this.#prefix), escaped(environment)).catch(ignore);
      return redis.run(APPLY, [head, records, changed, entries, named, rows, index], values);
    });
    return revisionIn(reply, changes, expectedRevision);
  }

  async history(environment: string, query: HistoryQuery = {}): Promise<readonly AuditEntry[]> {
    const keys = this.#keys(environment);
    return this.#server.read((redis) => readHistory(redis.ask, keys, query));
  }

  watch(environment: string, onRevision: (revision?: Revision) => void): () => void {
    if (this.#closed) return ignore;
    return this.#subscriber.watch(this.#keys(environment).channel, onRevision);
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#subscriber.close();
    this.#connection.close();
  }

  async #list(redis: Talk): Promise<readonly string[]> {
    const members = (await redis.ask('SMEMBERS', environmentsKey(this.#prefix))) as string[];
    const names = members.map(unescaped).sort();
    // The set is told before the change is made, which may then be refused.
    const heads = names.map((name) => redis.ask('HGET', keysOf(this.#prefix, name).head, 'revision'));
    const revisions = await Promise.all(heads);
    return names.filter((_, at) => Number(revisions[at]) > 0);
  }

  #keys(environment: string): Keys {
    this.#open();
    return keysOf(this.#prefix, environment);
  }

  #open(): Server {
    if (!this.#closed) return this.#server;
    throw new GatekeeperError('STORE_FAILED', `${this.name} was closed.`);
  }
}
