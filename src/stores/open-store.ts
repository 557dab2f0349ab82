import { GatekeeperError, shown } from '../errors.js';
import { FileStore } from './file/file-store.js';
import type { FlagStore } from './store.js';

/** Scheme → what opens the rest of the URL. */
const OPENERS: Readonly<Record<string, (rest: string) => FlagStore>> = {
  file: (path) => new FileStore(path),
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
  if (open !== undefined) return open(rest);
  const known = Object.keys(OPENERS).map((each) => `${each}:…`);
  throw new GatekeeperError(
    'INVALID_OPTION',
    `${shown(store)} names no store; use ${known.join(', ')} or an instance.`,
  );
}
