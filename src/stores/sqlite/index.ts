import { DatabaseFile } from './database-file.js';
import { driverHere } from './driver.js';
import { type SqliteStoreOptions, validated } from './options.js';
import { GivenDatabase } from './source.js';
import { SqliteStore } from './sqlite-store.js';

export type { SqliteConnection } from './driver.js';
export type { SqliteStoreOptions } from './options.js';
export type { SqliteStore } from './sqlite-store.js';

/**
 * Flags in an SQLite database: shared by the processes of one machine, without a server. The file and its tables are made on first use.
 * It takes Node's own SQLite (Node 22.13 and newer), else the package `better-sqlite3` or `libsql`, or a connection of the app's.
 *
 * @example
 * ```ts
 * const gk = gatekeeper({ store: sqliteStore('gatekeeper.db') });
 * const onMyConnection = sqliteStore({ database: new DatabaseSync('app.db'), prefix: 'flags_' });
 * ```
 * @throws GatekeeperError `INVALID_OPTION`; `CLIENT_MISSING` naming the package to install
 */
export function sqliteStore(options: string | SqliteStoreOptions): SqliteStore {
  const { path, database, prefix } = validated(options);
  const source =
    database === undefined ? new DatabaseFile(path, driverHere(), prefix) : new GivenDatabase(database, prefix);
  return new SqliteStore(source);
}
