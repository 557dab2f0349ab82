import type { FlagStore } from './store.js';

/** What a store can do beyond the necessary: only what is there. */
export function capabilitiesOf({
  sync,
  deltas,
  environments,
}: FlagStore): Pick<FlagStore, 'sync' | 'deltas' | 'environments'> {
  return {
    ...(sync === undefined ? {} : { sync }),
    ...(deltas === undefined ? {} : { deltas }),
    ...(environments === undefined ? {} : { environments }),
  };
}
