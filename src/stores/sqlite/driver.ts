import { GatekeeperError, messageOf } from '../../errors.js';
import { findClientModule } from '../client.js';

export type SqliteValue = string | number | null;

/** A prepared statement: `node:sqlite`, better-sqlite3 and libsql all have these three. */
export interface SqliteStatement {
  run(...values: SqliteValue[]): unknown;
  get(...values: SqliteValue[]): unknown;
  all(...values: SqliteValue[]): unknown[];
}

/** An open connection, whichever library opened it. */
export interface SqliteDatabase {
  exec(sql: string): unknown;
  prepare(sql: string): SqliteStatement;
}

/** A connection as an app hands it in: of statements the types of the libraries tell different things. */
export interface SqliteConnection {
  exec(sql: string): unknown;
  prepare(sql: string): unknown;
}

/** A connection that this package opened, and closes. */
export interface OwnDatabase extends SqliteDatabase {
  close(): unknown;
}

type DatabaseClass = new (path: string) => OwnDatabase;

/** A library that opens databases. */
export interface SqliteDriver {
  readonly name: string;
  open(path: string): OwnDatabase;
}

/**
 * Best first. Node's own needs no installation and no compiled add-on that might not fit this Node; then the most used package;
 * then the one that installs everywhere without compiling. The file they write is the same.
 */
const DRIVERS: Readonly<Record<string, () => DatabaseClass | undefined>> = {
  'node:sqlite': () => {
    const module = findClientModule('node:sqlite') as { DatabaseSync: DatabaseClass } | undefined;
    return module?.DatabaseSync;
  },
  'better-sqlite3': () => {
    refuseToCrash();
    return findClientModule('better-sqlite3') as DatabaseClass | undefined;
  },
  libsql: () => findClientModule('libsql') as DatabaseClass | undefined,
};

/** From 13 on, better-sqlite3 takes a Node that is too old for it down with it when it is used. */
function refuseToCrash(): void {
  const about = findClientModule('better-sqlite3/package.json') as { version: string } | undefined;
  if (about === undefined || Number.parseInt(about.version, 10) < 13 || Number(process.versions.napi) >= 10) return;
  throw new GatekeeperError(
    'CLIENT_MISSING',
    `better-sqlite3 ${about.version} needs Node 22.14 or newer; this is ${process.version}.`,
  );
}

/** Every library that can be loaded here, best first; those that are there and do not load go into `problems`. */
export function* driversHere(problems: string[] = []): Generator<SqliteDriver> {
  for (const [name, load] of Object.entries(DRIVERS)) {
    try {
      const Database = load();
      if (Database !== undefined) yield { name, open: (path) => new Database(path) };
    } catch (error) {
      problems.push(messageOf(error));
    }
  }
}

/** @throws GatekeeperError `CLIENT_MISSING` when there is none */
export function driverHere(): SqliteDriver {
  const problems: string[] = [];
  for (const driver of driversHere(problems)) return driver;
  const fix = 'The SQLite store needs a package on this version of Node: npm install libsql (Node 22.13 has its own).';
  throw new GatekeeperError('CLIENT_MISSING', [fix, ...problems].join(' '));
}
