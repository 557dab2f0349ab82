import { GatekeeperError, shown } from '../errors.js';
import { FileStore } from './file/file-store.js';
import { postgresStore } from './postgres/index.js';
import { redisStore } from './redis/index.js';
import { sqliteStore } from './sqlite/index.js';
import type { FlagStore } from './store.js';
import { withoutPerhapsPasswords } from './without-passwords.js';

/** Scheme → what opens the rest of the URL, or the URL as a whole. */
const OPENERS: Readonly<Record<string, (rest: string, url: string) => FlagStore>> = {
  // A slip in a name must not look like a file without flags.
  file: (path) => new FileStore(path, { create: false }),
  postgres: (_rest, url) => postgresStore(url),
  postgresql: (_rest, url) => postgresStore(url),
  sqlite: (path) => sqliteStore(path),
  redis: (_rest, url) => redisStore(url),
  rediss: (_rest, url) => redisStore(url),
};

/**
 * The store that a URL names, or the instance itself.
 *
 * @throws GatekeeperError `INVALID_OPTION` for anything else
 */
export function openStore(store: string | FlagStore): FlagStore {
  if (typeof store !== 'string') return store;
  const [, scheme = '', rest = ''] = /^([a-z]+):(?:\/\/)?(.+)$/.exec(store) ?? [];
  const open = Object.hasOwn(OPENERS, scheme) ? OPENERS[scheme] : undefined;
  if (open !== undefined) return open(rest, store);
  const known = Object.keys(OPENERS).map((each) => `${each}:…`);
  throw new GatekeeperError(
    'INVALID_OPTION',
    `${shown(withoutPerhapsPasswords(store))} names no store; use ${known.join(', ')} or an instance.`,
  );
}
