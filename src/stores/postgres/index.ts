import { type PostgresOptions, settingsOf } from './options.js';
import { PostgresStore } from './postgres-store.js';

export type { PooledConnection, PostgresConnection, PostgresPool } from './driver.js';
export type { PostgresOptions } from './options.js';
export type { PostgresStore } from './postgres-store.js';

/**
 * A store in Postgres, by the package `pg`. Its tables are made at first use. Every process that watches is told of a change
 * at once.
 *
 * A connection pooler that lends connections for single transactions passes no notifications on; changes are then seen at the
 * next poll. Let `connectionString` go past it.
 *
 * @throws GatekeeperError `INVALID_OPTION`, or `CLIENT_MISSING` when `pg` is not installed
 *
 * @example
 * ```ts
 * gatekeeper({ flags, store: postgresStore('postgres://app:secret@localhost:5432/shop') });
 *
 * gatekeeper({ flags, store: postgresStore({ pool, schema: 'flags' }) });
 * ```
 */
export function postgresStore(options: string | PostgresOptions): PostgresStore {
  return new PostgresStore(settingsOf(options));
}
