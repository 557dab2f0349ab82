import type { AuditEntry, ChangeOptions, FlagStore, HistoryQuery, StoreChange, StoreContent } from 'express-gatekeeper';
import { memoryStore } from 'express-gatekeeper/stores/memory';
import { fillWhenEmpty } from '../../demo-app/flag-store.js';

/** A store that answers after a moment, as those on another machine do, or fails as they do. */
export class DistantStore implements FlagStore {
  readonly name = 'a distant store';
  readonly #near = memoryStore();
  #failure: Error | undefined;

  /** From now on it fails with this; with nothing it works again. */
  fail(failure?: Error): void {
    this.#failure = failure;
  }

  load(environment: string): Promise<StoreContent> {
    return this.#after(() => this.#near.load(environment));
  }

  revision(environment: string): Promise<number> {
    return this.#after(() => this.#near.revision(environment));
  }

  apply(environment: string, change: StoreChange, options: ChangeOptions): Promise<number> {
    return this.#after(() => this.#near.apply(environment, change, options));
  }

  history(environment: string, query?: HistoryQuery): Promise<readonly AuditEntry[]> {
    return this.#after(() => this.#near.history(environment, query));
  }

  watch(environment: string, onRevision: (revision?: number) => void): () => void {
    return this.#near.watch(environment, onRevision);
  }

  close(): Promise<void> {
    return this.#near.close();
  }

  async #after<Result>(answer: () => Promise<Result>): Promise<Result> {
    await new Promise((resolve) => setImmediate(resolve));
    if (this.#failure !== undefined) throw this.#failure;
    return answer();
  }
}

/** Such a store with the shop's flags in it. */
export async function aFilledStore(): Promise<DistantStore> {
  const store = new DistantStore();
  await fillWhenEmpty(store, 'default');
  return store;
}
