import { resolve } from 'node:path';
import { GatekeeperError, messageOf, shown } from '../errors.js';
import { capabilitiesOf } from './capabilities.js';
import { SnapshotFile } from './snapshot-file-content.js';
import type { ChangeOptions, FlagStore, Revision, StoreChange, StoreContent, StoreDelta } from './store.js';

/** How long a store may take at the start before what was last known of it serves, in milliseconds. */
const PATIENCE = 1_000;

/**
 * A store whose content is also kept in a file, so that an app that is restarted while the store is down begins with the last known
 * flags. They say that they are stale, and the store is asked again each time.
 *
 * @param path the file, relative to the working directory; each process may have the same one
 *
 * @example
 * ```ts
 * const gk = gatekeeper({ store: withSnapshotFile(openStore('postgres://…'), '/var/lib/shop/flags-snapshot.json') });
 * ```
 */
export function withSnapshotFile(store: FlagStore, path: string): FlagStore {
  if (typeof path !== 'string' || path === '') {
    throw new GatekeeperError('INVALID_OPTION', `The path of the snapshot is ${shown(path)}; give a file's name.`);
  }
  const keeper = new Keeper(store, new SnapshotFile(resolve(path), store.name));
  const { sync, deltas } = store;
  return {
    ...capabilitiesOf(store),
    ...(sync === undefined ? {} : { sync: keeper.sync(sync) }),
    ...(deltas === undefined
      ? {}
      : { deltas: { since: async (...asked) => keeper.merged(asked[0], asked[1], await deltas.since(...asked)) } }),
    name: store.name,
    load: (environment) => keeper.load(environment),
    revision: (environment) => store.revision(environment),
    apply: (environment, change, options) => keeper.apply(environment, change, options),
    history: (environment, query) => store.history(environment, query),
    watch: (environment, onRevision) => store.watch(environment, onRevision),
    close: () => keeper.close(),
  };
}

/** Keeps what was loaded, and gives it out when nothing can be. */
class Keeper {
  readonly #store: FlagStore;
  readonly #file: SnapshotFile;
  #closed = false;

  constructor(store: FlagStore, file: SnapshotFile) {
    this.#store = store;
    this.#file = file;
  }

  sync(inner: NonNullable<FlagStore['sync']>): NonNullable<FlagStore['sync']> {
    const { since } = inner;
    return {
      revision: (environment) => inner.revision(environment),
      load: (environment) => {
        try {
          return this.#kept(environment, inner.load(environment));
        } catch (error) {
          return this.#lastKnown(environment, error);
        }
      },
      ...(since && {
        since: (environment, revision) => this.merged(environment, revision, since.call(inner, environment, revision)),
      }),
    };
  }

  async load(environment: string): Promise<StoreContent> {
    const loading = this.#store.load(environment).then((content) => this.#kept(environment, content));
    try {
      // What serves already can wait for as long as it takes.
      return this.#file.isFresh(environment) ? await loading : await inTime(loading, this.#store.name);
    } catch (error) {
      const known = this.#file.read(environment);
      // Without anything to begin with there is nothing better than to wait.
      if (known === undefined && error instanceof Late) return loading;
      return this.#lastKnown(environment, error);
    }
  }

  /** Whoever writes knows what is there then, and does not read it again. */
  async apply(environment: string, change: StoreChange, options: ChangeOptions): Promise<Revision> {
    const revision = await this.#store.apply(environment, change, options);
    this.merged(environment, revision - 1, { ...change, revision });
    return revision;
  }

  merged(environment: string, since: number, delta: StoreDelta | undefined): StoreDelta | undefined {
    if (delta !== undefined && !this.#closed) this.#file.merge(environment, since, delta);
    return delta;
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#file.close();
    await this.#store.close();
  }

  #kept(environment: string, content: StoreContent): StoreContent {
    if (content.stale === undefined && !this.#closed) this.#file.keep(environment, content);
    return content;
  }

  /** At the start only: later whoever has loaded keeps what he has, and has to know that there is nothing new. */
  #lastKnown(environment: string, error: unknown): StoreContent {
    const known = this.#closed || this.#file.isFresh(environment) ? undefined : this.#file.read(environment);
    if (known === undefined) throw error;
    return { ...known, stale: messageOf(error) };
  }
}

class Late extends GatekeeperError {}

async function inTime(loading: Promise<StoreContent>, name: string): Promise<StoreContent> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(
      () => reject(new Late('STORE_FAILED', `${name} did not answer within ${PATIENCE} ms.`)),
      PATIENCE,
    );
    // The request to the store holds the process, if anything has to.
    timer.unref();
  });
  try {
    return await Promise.race([loading, late]);
  } finally {
    clearTimeout(timer);
    loading.catch(() => undefined);
  }
}
