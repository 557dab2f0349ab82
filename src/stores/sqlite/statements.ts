import type { RecordKind } from '../audit.js';
import type { Revision } from '../store.js';
import type { SqliteDatabase, SqliteStatement } from './driver.js';
import { migrate, tablesOf } from './migrations.js';

/** A record as it stands in its table. */
export interface RecordRow {
  readonly kind: RecordKind;
  readonly name: string;
  /** JSON; `null` when it is gone. */
  readonly definition: string | null;
}

/** One changed record of the audit log with the entry it belongs to. */
export interface HistoryRow {
  readonly revision: number;
  readonly at: number;
  readonly by: string;
  readonly comment: string;
  readonly kind: RecordKind;
  readonly name: string;
  readonly before: string | null;
  readonly after: string | null;
}

/** A row of an environment with one of its records; with none when it has none. */
export type ContentRow = { readonly revision: number } & (RecordRow | { readonly kind: null });

export type Statements = ReturnType<typeof statementsOf>;

/**
 * All SQL that a store runs, prepared once, over tables that are brought up to date first.
 * Whatever is read together is read by one statement: that alone makes it one state, without a transaction.
 *
 * @throws GatekeeperError `STORE_TOO_NEW`
 */
export function statementsOf(database: SqliteDatabase, prefix: string, name: string) {
  const tables = tablesOf(prefix);
  const { schema, environments, records, audit, auditRecords } = tables;
  migrate(database, tables, name);
  const entry = `
    SELECT revision, at, by, comment, kind, name, before, after
    FROM ${audit} JOIN ${auditRecords} USING (environment, revision)`;
  const revisionsOf = (kind: RecordKind): string => `
    SELECT * FROM (
      SELECT revision FROM ${auditRecords} WHERE environment = ? AND kind = '${kind}' AND name = ? AND revision < ?
      ORDER BY revision DESC LIMIT ?)`;
  return {
    database,
    dataVersion: asArray(database.prepare('PRAGMA data_version')),
    schemaVersion: database.prepare(`SELECT version FROM ${schema}`),
    /** environment */
    revision: database.prepare(`SELECT revision FROM ${environments} WHERE environment = ?`),
    environments: database.prepare(`SELECT environment FROM ${environments}`),
    /** environment */
    content: database.prepare(`
      SELECT e.revision, r.kind, r.name, r.definition FROM ${environments} e
      LEFT JOIN ${records} r ON r.environment = e.environment AND r.definition IS NOT NULL
      WHERE e.environment = ?`),
    /** revision, environment */
    changedSince: database.prepare(`
      SELECT e.revision, r.kind, r.name, r.definition FROM ${environments} e
      LEFT JOIN ${records} r ON r.environment = e.environment AND r.revision > ?
      WHERE e.environment = ?`),
    /** environment, kind, name */
    record: database.prepare(
      `SELECT definition, revision FROM ${records} WHERE environment = ? AND kind = ? AND name = ?`,
    ),
    /** environment, kind, name, definition, revision */
    putRecord: database.prepare(`
      INSERT INTO ${records} (environment, kind, name, definition, revision) VALUES (?, ?, ?, ?, ?)
      ON CONFLICT DO UPDATE SET definition = excluded.definition, revision = excluded.revision`),
    /** environment, revision */
    putRevision: database.prepare(`
      INSERT INTO ${environments} (environment, revision) VALUES (?, ?)
      ON CONFLICT DO UPDATE SET revision = excluded.revision`),
    /** environment, revision, at, by, comment */
    addEntry: database.prepare(`INSERT INTO ${audit} (environment, revision, at, by, comment) VALUES (?, ?, ?, ?, ?)`),
    /** environment, revision, position, kind, name, before, after */
    addEntryRecord: database.prepare(`
      INSERT INTO ${auditRecords} (environment, revision, position, kind, name, before, after)
      VALUES (?, ?, ?, ?, ?, ?, ?)`),
    /** environment, environment, before, limit */
    history: database.prepare(`${entry}
      WHERE environment = ? AND revision IN (
        SELECT revision FROM ${audit} WHERE environment = ? AND revision < ? ORDER BY revision DESC LIMIT ?)
      ORDER BY revision DESC, position`),
    /** environment, flag, segment, then environment, flag, before, limit, environment, segment, before, limit, and limit */
    historyOf: database.prepare(`${entry}
      WHERE environment = ? AND ((kind = 'flag' AND name = ?) OR (kind = 'segment' AND name = ?)) AND revision IN (
        ${revisionsOf('flag')} UNION ${revisionsOf('segment')} ORDER BY revision DESC LIMIT ?)
      ORDER BY revision DESC, position`),
  };
}

/** Which commit of others this connection has seen: it changes whenever somebody else writes. */
export function dataVersionOf({ dataVersion }: Statements): number {
  const row = dataVersion.get() as readonly [number] | { readonly data_version: number };
  return Number('data_version' in row ? row.data_version : row[0]);
}

export function revisionOf({ revision }: Statements, environment: string): Revision {
  const row = revision.get(environment) as { revision: number } | undefined;
  return Number(row?.revision ?? 0);
}

/** libsql spends a third of its time on names and figures about a row; it is asked for once per request. */
function asArray(statement: SqliteStatement & { readonly raw?: () => unknown }): SqliteStatement {
  statement.raw?.();
  return statement;
}
