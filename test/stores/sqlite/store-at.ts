import { type SqliteStore, sqliteStore } from 'express-gatekeeper/stores/sqlite';
import { onTestFinished } from 'vitest';

/** Closed after the test, before its folder goes. */
export function storeAt(path: string): SqliteStore {
  const store = sqliteStore(path);
  onTestFinished(() => store.close());
  return store;
}
