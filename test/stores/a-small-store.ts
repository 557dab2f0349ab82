import type { FlagStore } from 'express-gatekeeper';
import { memoryStore } from 'express-gatekeeper/stores/memory';

/** A store that can do only what every store can, and that can be made to fail or to take its time. */
export interface SmallStore extends FlagStore {
  /** What happens before it is loaded. */
  before: () => Promise<void>;
}

export function aSmallStore(): SmallStore {
  const memory = memoryStore();
  const store: SmallStore = {
    name: 'memory',
    before: async () => undefined,
    load: async (environment) => {
      await store.before();
      return memory.load(environment);
    },
    revision: (environment) => memory.revision(environment),
    apply: (environment, change, options) => memory.apply(environment, change, options),
    history: (environment, query) => memory.history(environment, query),
    watch: (environment, onRevision) => memory.watch(environment, onRevision),
    close: () => memory.close(),
  };
  return store;
}
