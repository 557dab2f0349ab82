import { GatekeeperError } from '../../errors.js';
import type { Connections, Query } from './connections.js';
import { quoted, type Tables } from './tables.js';

/**
 * What makes version 1, 2, … of the tables out of the one before. One that was published is never changed.
 *
 * Names compare by their bytes: an index in a language's order breaks when the server's idea of that order changes.
 * Definitions are text, as they were given: `jsonb` would sort their keys, and refuse `\u0000`.
 */
const MIGRATIONS: readonly ((tables: Tables) => string)[] = [
  ({ environments, records, entries, changes }) => `
    CREATE TABLE ${environments} (
      name text COLLATE "C" PRIMARY KEY,
      revision bigint NOT NULL
    );
    CREATE TABLE ${records} (
      environment text COLLATE "C" NOT NULL,
      kind text COLLATE "C" NOT NULL,
      name text COLLATE "C" NOT NULL,
      definition text,
      revision bigint NOT NULL,
      PRIMARY KEY (environment, kind, name)
    );
    CREATE INDEX ON ${records} (environment, revision);
    CREATE TABLE ${entries} (
      environment text COLLATE "C" NOT NULL,
      revision bigint NOT NULL,
      at double precision NOT NULL,
      "by" text NOT NULL,
      comment text NOT NULL,
      PRIMARY KEY (environment, revision)
    );
    CREATE TABLE ${changes} (
      environment text COLLATE "C" NOT NULL,
      kind text COLLATE "C" NOT NULL,
      name text COLLATE "C" NOT NULL,
      revision bigint NOT NULL,
      before text,
      after text,
      PRIMARY KEY (environment, kind, name, revision)
    );
    CREATE INDEX ON ${changes} (environment, revision);
    COMMENT ON COLUMN ${records}.definition IS 'JSON; NULL once the record was deleted';
    COMMENT ON COLUMN ${entries}.at IS 'Milliseconds since 1970, by the clock of whoever wrote it';`,
];

/**
 * Makes the tables, or makes them newer. Two processes may do so at once: one waits, and finds it done.
 *
 * @throws GatekeeperError `STORE_TOO_NEW`
 */
export async function migrate(connections: Connections, tables: Tables): Promise<void> {
  if ((await connections.read((query) => versionFound(query, tables))) === MIGRATIONS.length) return;
  await connections.transaction(async (query) => {
    await query('SELECT pg_advisory_xact_lock($1::bigint)', [tables.lock]);
    // Asked for first: IF NOT EXISTS wants the right to create it even where it is there.
    const schemas = await query('SELECT FROM pg_namespace WHERE nspname = $1', [tables.schema]);
    if (schemas.length === 0) await query(`CREATE SCHEMA ${quoted(tables.schema)}`);
    const version = await versionFound(query, tables);
    if (version === 0) {
      await query(`CREATE TABLE ${tables.migrations} (version integer PRIMARY KEY, at timestamptz DEFAULT now())`);
    }
    for (const [index, migration] of [...MIGRATIONS.entries()].slice(version)) {
      await query(migration(tables));
      await query(`INSERT INTO ${tables.migrations} (version) VALUES ($1)`, [index + 1]);
    }
  });
}

async function versionFound(query: Query, { migrations }: Tables): Promise<number> {
  // Asked of the catalogue: a role that may not use the schema is told so, rather than that nothing is there.
  const [there] = await query<{ found: boolean }>('SELECT to_regclass($1) IS NOT NULL AS found', [migrations]);
  if (!there?.found) return 0;
  const [row] = await query<{ version: number }>(`SELECT coalesce(max(version), 0) AS version FROM ${migrations}`);
  const version = Number(row?.version);
  if (version <= MIGRATIONS.length) return version;
  throw new GatekeeperError(
    'STORE_TOO_NEW',
    `The tables beside ${migrations} have version ${version}; this express-gatekeeper knows ${MIGRATIONS.length}. ` +
      'Install the newer one here too, or name another schema or prefix.',
  );
}
