import { GatekeeperError, shown } from '../../errors.js';
import type { SqliteConnection, SqliteDatabase } from './driver.js';

export interface SqliteStoreOptions {
  /** The database's file, relative to the working directory; made when it is not there. `:memory:` lives in this process. */
  readonly path?: string | undefined;
  /**
   * Or an open connection of `node:sqlite`, better-sqlite3 or libsql. It is not closed with the store, and how it waits for others
   * and how safely it writes is as the app set it.
   */
  readonly database?: SqliteConnection | undefined;
  /** What the names of all tables begin with; by default `gatekeeper_`. */
  readonly prefix?: string | undefined;
}

/** Options that were looked at: one of `path` and `database` is there. */
export type ValidOptions = { readonly prefix: string } & (
  | { readonly path: string; readonly database?: undefined }
  | { readonly database: SqliteDatabase; readonly path?: undefined }
);

/** @throws GatekeeperError `INVALID_OPTION` */
export function validated(given: string | SqliteStoreOptions): ValidOptions {
  const {
    path,
    database,
    prefix = 'gatekeeper_',
  }: SqliteStoreOptions = typeof given === 'object' && given !== null ? given : { path: given };
  if (typeof prefix !== 'string' || !/^(?!sqlite_)[a-z_]\w{0,39}$/i.test(prefix)) {
    refuse(`prefix ${shown(prefix)}`, 'up to 40 letters, digits and _, not beginning with a digit or with sqlite_');
  }
  if (database === undefined) {
    if (typeof path === 'string' && path !== '' && !path.includes('\0')) return { path, prefix };
    refuse(`path ${shown(path)}`, "the name of a file, e.g. 'gatekeeper.db', or an open `database`");
  }
  if (path !== undefined) refuse('path and database together', 'one of them');
  if (isDatabase(database)) return { database, prefix };
  refuse(`database ${shown(database)}`, 'an open connection of node:sqlite, better-sqlite3 or libsql');
}

function isDatabase(database: SqliteConnection | null): database is SqliteDatabase {
  return typeof database?.exec === 'function' && typeof database.prepare === 'function';
}

function refuse(what: string, fix: string): never {
  throw new GatekeeperError('INVALID_OPTION', `sqliteStore: ${what} cannot be used; give ${fix}.`);
}
