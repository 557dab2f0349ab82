import { GatekeeperError, shown } from '../../errors.js';
import { withoutPerhapsPasswords } from '../without-passwords.js';
import type { RedisClient } from './redis-client.js';

/** Where the server is, and how it is talked to. */
export interface RedisStoreOptions {
  /** `redis://[[user]:password@]host[:port][/database]`; `rediss://` encrypts. */
  readonly url?: string | undefined;
  /**
   * Instead of a URL: the app's own client, made by `createClient` of the package `redis` and connected by the app. It is not closed;
   * for watching, a second connection like it is made.
   */
  readonly client?: RedisClient | undefined;
  /** What all keys begin with; `gatekeeper` by default. */
  readonly prefix?: string | undefined;
  /** How long connecting, and then an answer, may take: milliseconds, 2000 by default. */
  readonly timeout?: number | undefined;
  /** How often a quiet connection is asked whether it is still there: milliseconds, 5000 by default. */
  readonly pingInterval?: number | undefined;
}

/** The options once they are known to make sense. */
export interface RedisSettings {
  /** The server, for messages: never with a password. */
  readonly name: string;
  readonly from: { readonly url: string } | { readonly client: RedisClient };
  readonly prefix: string;
  readonly timeout: number;
  readonly pingInterval: number;
}

/** @throws GatekeeperError `INVALID_OPTION` */
export function settingsOf(given: string | RedisStoreOptions): RedisSettings {
  if (typeof given !== 'string' && (typeof given !== 'object' || given === null)) {
    throw invalid(`redisStore() takes a URL, redis://host:6379, or options, not ${shown(given)}.`);
  }
  const {
    url,
    client,
    prefix = 'gatekeeper',
    timeout,
    pingInterval,
  } = typeof given === 'string' ? { url: given } : given;
  if ((url === undefined) === (client === undefined)) {
    throw invalid('redisStore() takes a url or a client, one of them: redisStore({ url: "redis://localhost:6379" }).');
  }
  if (typeof prefix !== 'string' || !/^[^{}\s]+$/.test(prefix)) {
    throw invalid(
      `The prefix of redisStore() is text without braces and blanks, such as "gatekeeper", not ${shown(prefix)}.`,
    );
  }
  return {
    ...(client === undefined ? ofUrl(url) : ofClient(client)),
    prefix,
    timeout: milliseconds('timeout', timeout, 2_000),
    pingInterval: milliseconds('pingInterval', pingInterval, 5_000),
  };
}

function ofUrl(url: unknown): Pick<RedisSettings, 'name' | 'from'> {
  if (typeof url !== 'string')
    throw invalid(`The url of redisStore() is text, redis://host:6379, not ${withoutPerhapsPasswords(shown(url))}.`);
  if (!isRedisUrl(url)) {
    throw invalid(
      `${shown(withoutPerhapsPasswords(url))} is no URL of a Redis server; write redis://user:password@host:6379/0, ` +
        'odd characters of the password encoded (encodeURIComponent).',
    );
  }
  return { name: nameOf(url), from: { url } };
}

function ofClient(client: RedisClient): Pick<RedisSettings, 'name' | 'from'> {
  // Those of clusters and sentinels look alike, and ask which key a command is about.
  const ofOneServer = typeof client?.sendCommand === 'function' && client.sendCommand.length < 3;
  if (!ofOneServer || typeof client.isReady !== 'boolean') {
    // It is not shown: it may know a password.
    throw invalid(
      'The client of redisStore() is one that createClient() of the package redis made. ' +
        'Of a cluster or a sentinel, give the URL of the primary.',
    );
  }
  const { url, socket } = client.options ?? {};
  if (typeof url === 'string' && isRedisUrl(url)) return { name: nameOf(url), from: { client } };
  const { host = 'localhost', port = 6379 } = (socket ?? {}) as { host?: unknown; port?: unknown };
  return { name: `redis://${host}:${port}`, from: { client } };
}

function isRedisUrl(url: string): boolean {
  try {
    const { protocol, hostname, username, password, pathname } = new URL(url);
    decodeURIComponent(username + password);
    return /^rediss?:$/.test(protocol) && hostname !== '' && /^\/?\d*$/.test(pathname);
  } catch {
    return false;
  }
}

function nameOf(url: string): string {
  const { protocol, host, pathname } = new URL(url);
  return `${protocol}//${host}${pathname.replace(/\/$/, '')}`;
}

function milliseconds(name: string, value: unknown, byDefault: number): number {
  if (value === undefined) return byDefault;
  // A longer timer than this would fire at once.
  if (typeof value === 'number' && value >= 1 && value < 2 ** 31) return value;
  throw invalid(`The ${name} of redisStore() is a number of milliseconds, such as ${byDefault}, not ${shown(value)}.`);
}

function invalid(message: string): GatekeeperError {
  return new GatekeeperError('INVALID_OPTION', message);
}
