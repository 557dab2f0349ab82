import { type PostgresOptions, type PostgresStore, postgresStore } from 'express-gatekeeper/stores/postgres';
import { onTestFinished } from 'vitest';

/** A store that is closed when the test is over. */
export function aStore(options: string | PostgresOptions): PostgresStore {
  const store = postgresStore(options);
  onTestFinished(() => store.close());
  return store;
}
