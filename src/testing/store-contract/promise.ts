import type { FlagStore } from '../../stores/store.js';

/** A store to be tested: fresh and empty. */
export interface StoreUnderTest {
  readonly store: FlagStore;
  /** Opens the same data once more, as another process would; without it those tests are left out. */
  readonly again?: () => FlagStore | Promise<FlagStore>;
}

/** What a test is handed. */
export interface Bench {
  readonly store: FlagStore;
  /** The same data opened once more; closed after the test. */
  readonly other: FlagStore;
}

/** One sentence about stores, and what shows it. */
export interface StorePromise {
  readonly title: string;
  /** Without it a store need not keep this promise. */
  readonly needs?: 'sync' | 'deltas' | 'environments';
  /** Whether the same data has to be opened twice. */
  readonly twice?: boolean;
  readonly holds: (bench: Bench) => Promise<void>;
}
