import { postgresStore } from '../../../src/stores/postgres/index.js';
import { redisStore } from '../../../src/stores/redis/index.js';
import { sqliteStore } from '../../../src/stores/sqlite/index.js';
import type { FlagStore } from '../../../src/stores/store.js';

/** Which store, in a form that passes from process to process. */
export type StoreSettings =
  | { readonly kind: 'sqlite'; readonly path: string }
  | { readonly kind: 'redis'; readonly url: string; readonly prefix: string; readonly timeout?: number }
  | {
      readonly kind: 'postgres';
      readonly connectionString: string;
      readonly schema: string;
      readonly connectTimeout?: number;
    };

export function storeOf(settings: StoreSettings): FlagStore {
  if (settings.kind === 'sqlite') return sqliteStore(settings.path);
  const { kind, ...options } = settings;
  if ('url' in options) return redisStore(options);
  return postgresStore(options);
}
