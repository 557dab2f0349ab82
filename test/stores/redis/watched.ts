import { setImmediate } from 'node:timers/promises';
import type { FlagStore } from 'express-gatekeeper';
import { onTestFinished } from 'vitest';

interface Watched {
  /** How often the store told of something. */
  readonly count: () => number;
  /** Resolves when it tells the next time. */
  readonly again: () => Promise<void>;
}

/** Watches a store until the test is over. */
export function watched(store: FlagStore, environment = 'default'): Watched {
  let count = 0;
  let waiting: (() => void)[] = [];
  const stop = store.watch(environment, () => {
    count += 1;
    const woken = waiting;
    waiting = [];
    for (const wake of woken) wake();
  });
  onTestFinished(stop);
  return { count: () => count, again: () => new Promise((resolve) => waiting.push(resolve)) };
}

/** A store that is closed when the test is over. */
export function used<Store extends FlagStore>(store: Store): Store {
  onTestFinished(() => store.close());
  return store;
}

/** What a call is rejected with. */
export async function rejection(call: Promise<unknown>): Promise<Error> {
  const error: unknown = await call.then(
    () => new Error('the call was not rejected'),
    (thrown: unknown) => thrown,
  );
  if (error instanceof Error) return error;
  throw new Error(`rejected with what is no error: ${String(error)}`);
}

/** Asks for the revision until there is an answer. */
export async function recovered(store: FlagStore, environment = 'default'): Promise<number> {
  for (;;) {
    const revision = await store.revision(environment).catch(() => undefined);
    if (revision !== undefined) return revision;
    await setImmediate();
  }
}
