import { defaultStore } from '../runtime/surroundings.js';
import { openStore } from '../stores/open-store.js';
import type { FlagStore } from '../stores/store.js';
import { calledWrongly } from './exit-codes.js';

/**
 * The store that is named by option or by the shell, or the one in this folder.
 *
 * @throws GatekeeperError `INVALID_OPTION` when there is none
 */
export function storeNamed(named: string | undefined): FlagStore {
  const url = named ?? (process.env['GATEKEEPER_STORE'] || defaultStore());
  if (url !== undefined) return openStore(url);
  throw calledWrongly('There is no flags.yaml here; name a store, e.g. --store file:config/flags.yaml');
}
