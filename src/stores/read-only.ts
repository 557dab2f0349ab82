import { GatekeeperError } from '../errors.js';
import { capabilitiesOf } from './capabilities.js';
import type { FlagStore } from './store.js';

/**
 * A store that can be read, watched and looked into, and not be changed from here.
 *
 * @example
 * ```ts
 * const gk = gatekeeper({ store: readOnly(openStore('postgres://…')) });
 * ```
 */
export function readOnly(store: FlagStore): FlagStore {
  return {
    ...capabilitiesOf(store),
    name: store.name,
    load: (environment) => store.load(environment),
    revision: (environment) => store.revision(environment),
    apply: async () => {
      throw new GatekeeperError(
        'READ_ONLY',
        `${store.name} can only be read from here; change flags where it was opened without readOnly().`,
      );
    },
    history: (environment, query) => store.history(environment, query),
    watch: (environment, onRevision) => store.watch(environment, onRevision),
    close: () => store.close(),
  };
}
