import { describeWithPostgres } from '../engines/postgres.js';
import { describeWithRedis } from '../engines/redis.js';
import { endListeners } from '../stores/postgres/ask.js';
import type { StoreSettings } from './children/store-of.js';

/** A server that keeps flags, in the hands of a test. What it acknowledged survives its crash. */
export interface Server {
  readonly port: number;
  start(): Promise<void>;
  /** Ends it as a crash would. */
  kill(): Promise<void>;
  /** A store on it that shares nothing with others. */
  fresh(): StoreSettings;
  /** Ends the connections over which changes are told, and says how many there were. */
  endWatching(): Promise<number>;
}

/** A way to a server other than the direct one. */
export function through(settings: StoreSettings, port: number | string): StoreSettings {
  if (settings.kind === 'redis') return { ...settings, url: `redis://127.0.0.1:${port}`, timeout: 400 };
  if (settings.kind === 'sqlite') return settings;
  const connectionString = `postgres://postgres@127.0.0.1:${port}/postgres`;
  return { ...settings, connectionString, connectTimeout: 400 };
}

/** A `describe` for each server there is a store for; `server()` gives it inside a test. */
export function describeOnServers(title: string, body: (server: () => Server) => void): void {
  let made = 0;
  describeWithRedis(
    `${title}, on Redis`,
    (redis) => {
      body(() => ({
        port: redis().port,
        start: () => redis().start(),
        kill: () => redis().kill(),
        fresh: () => ({ kind: 'redis', url: redis().url, prefix: redis().freshPrefix() }),
        endWatching: async () => Number(await redis().command('CLIENT', 'KILL', 'TYPE', 'pubsub')),
      }));
    },
    { durable: true },
  );
  describeWithPostgres(`${title}, on Postgres`, (postgres) => {
    body(() => ({
      port: postgres().port,
      start: () => postgres().start(),
      kill: () => postgres().kill(),
      fresh: () => {
        made += 1;
        return { kind: 'postgres', connectionString: postgres().url(), schema: `flags_${made}` };
      },
      endWatching: () => endListeners(postgres().url()),
    }));
  });
}
