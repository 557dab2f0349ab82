import type { FlagStore } from '../../stores/store.js';
import { historyPromises } from './history-promises.js';
import type { StorePromise, StoreUnderTest } from './promise.js';
import { readingPromises } from './reading-promises.js';
import { watchingPromises } from './watching-promises.js';
import { writingPromises } from './writing-promises.js';

/** The two functions of a test runner that the suite needs: those of vitest, jest, mocha and node:test fit. */
export interface TestRunner {
  readonly describe: (title: string, body: () => void) => unknown;
  readonly it: (title: string, test: () => Promise<void>) => unknown;
}

const PROMISES: readonly StorePromise[] = [
  ...readingPromises,
  ...writingPromises,
  ...historyPromises,
  ...watchingPromises,
];

/**
 * Tests that a store keeps its word. Every store of this package passes it on its real engine.
 *
 * @param create makes a fresh, empty store for each test; with `again`, what opens the same data once more
 *
 * @example
 * ```ts
 * import { describe, it } from 'vitest';
 *
 * storeContract('my store', () => ({ store: new MyStore(folder()) }), { describe, it });
 * ```
 */
export function storeContract(
  name: string,
  create: () => FlagStore | StoreUnderTest | Promise<FlagStore | StoreUnderTest>,
  { describe, it }: TestRunner,
): void {
  describe(`${name} keeps the contract of stores: it`, () => {
    for (const promise of PROMISES) it(promise.title, () => test(promise, create));
  });
}

async function test(promise: StorePromise, create: Parameters<typeof storeContract>[1]): Promise<void> {
  const created = await create();
  const { store, again }: StoreUnderTest = 'store' in created ? created : { store: created };
  let other: FlagStore | undefined;
  try {
    if (promise.needs !== undefined && store[promise.needs] === undefined) return;
    if (promise.twice) {
      if (again === undefined) return;
      other = await again();
    }
    await promise.holds({ store, other: other ?? store });
  } finally {
    await other?.close();
    await store.close();
  }
}
