import { GatekeeperError } from '../../errors.js';
import type { SqliteDatabase } from './driver.js';

/** The names of the tables, quoted. */
export type Tables = Readonly<Record<'schema' | 'environments' | 'records' | 'audit' | 'auditRecords', string>>;

export function tablesOf(prefix: string): Tables {
  return {
    schema: `"${prefix}schema"`,
    environments: `"${prefix}environments"`,
    records: `"${prefix}records"`,
    audit: `"${prefix}audit"`,
    auditRecords: `"${prefix}audit_records"`,
  };
}

/**
 * What leads from each version of the tables to the next. Released ones are never edited: databases out there have run them.
 *
 * The version is kept in a table: `user_version` belongs to the whole file, which may be the app's own, or hold two prefixes.
 */
const MIGRATIONS: readonly ((tables: Tables) => string)[] = [
  ({ environments, records, audit, auditRecords }) => `
    CREATE TABLE ${environments} (
      environment TEXT PRIMARY KEY,
      revision INTEGER NOT NULL
    ) WITHOUT ROWID;
    -- A record that is gone stays, without a definition: conflicts are told by the revision of its last change.
    CREATE TABLE ${records} (
      environment TEXT NOT NULL,
      kind TEXT NOT NULL,
      name TEXT NOT NULL,
      definition TEXT,
      revision INTEGER NOT NULL,
      PRIMARY KEY (environment, kind, name)
    ) WITHOUT ROWID;
    CREATE INDEX ${suffixed(records, '_by_revision')} ON ${records} (environment, revision);
    CREATE TABLE ${audit} (
      environment TEXT NOT NULL,
      revision INTEGER NOT NULL,
      at INTEGER NOT NULL,
      by TEXT NOT NULL,
      comment TEXT NOT NULL,
      PRIMARY KEY (environment, revision)
    ) WITHOUT ROWID;
    CREATE TABLE ${auditRecords} (
      environment TEXT NOT NULL,
      revision INTEGER NOT NULL,
      position INTEGER NOT NULL,
      kind TEXT NOT NULL,
      name TEXT NOT NULL,
      before TEXT,
      after TEXT,
      PRIMARY KEY (environment, revision, position)
    ) WITHOUT ROWID;
    CREATE INDEX ${suffixed(auditRecords, '_by_name')} ON ${auditRecords} (environment, kind, name, revision);`,
];

/** The version of the tables that this code reads and writes. */
const SCHEMA_VERSION = MIGRATIONS.length;

/**
 * Brings the tables to this code's version. What is there already is only looked at, so that a database may be read without
 * permission to write; of two processes that come at once one waits and then finds it done.
 *
 * @throws GatekeeperError `STORE_TOO_NEW`
 */
export function migrate(database: SqliteDatabase, tables: Tables, name: string): void {
  const here = (): number => knownVersion(versionOf(database, tables), name);
  if (here() === SCHEMA_VERSION) return;
  database.exec('BEGIN IMMEDIATE');
  try {
    for (const migration of MIGRATIONS.slice(here())) database.exec(migration(tables));
    database.exec(`
      CREATE TABLE IF NOT EXISTS ${tables.schema} (version INTEGER NOT NULL);
      DELETE FROM ${tables.schema};
      INSERT INTO ${tables.schema} VALUES (${SCHEMA_VERSION});
      COMMIT`);
  } catch (error) {
    rollBack(database);
    throw error;
  }
}

/** @throws GatekeeperError `STORE_TOO_NEW` */
export function knownVersion(version: number, name: string): number {
  if (version <= SCHEMA_VERSION) return version;
  throw new GatekeeperError(
    'STORE_TOO_NEW',
    `The tables in ${name} have version ${version}; this express-gatekeeper knows them up to ${SCHEMA_VERSION}. ` +
      'Update the package here, or use another file or prefix.',
  );
}

/** Some failures, a full disk among them, have rolled back already. */
export function rollBack(database: SqliteDatabase): void {
  try {
    database.exec('ROLLBACK');
  } catch {
    // Then there is nothing left to undo.
  }
}

function versionOf(database: SqliteDatabase, { schema }: Tables): number {
  const table = schema.slice(1, -1);
  const found = database
    .prepare("SELECT 1 FROM sqlite_master WHERE type = 'table' AND lower(name) = lower(?)")
    .get(table);
  if (found === undefined) return 0;
  const row = database.prepare(`SELECT version FROM ${schema}`).get() as { version: number } | undefined;
  return Number(row?.version ?? 0);
}

function suffixed(quoted: string, suffix: string): string {
  return `${quoted.slice(0, -1)}${suffix}"`;
}
