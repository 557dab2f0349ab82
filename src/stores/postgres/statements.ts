import type { Tables } from './tables.js';

/** All that is ever asked of the tables once they are there. Values are parameters; only the tables' names are written in. */
export type Statements = Readonly<Record<keyof ReturnType<typeof statementsOf>, string>>;

export function statementsOf({ environments, records, entries, changes, channel }: Tables) {
  return {
    revision: `SELECT revision FROM ${environments} WHERE name = $1`,

    environments: `SELECT name FROM ${environments}`,

    // One statement sees one state: the revision and the records belong together.
    load: `
      SELECT e.revision, r.kind, r.name, r.definition
      FROM ${environments} e
      LEFT JOIN ${records} r ON r.environment = e.name AND r.definition IS NOT NULL
      WHERE e.name = $1`,

    since: `
      SELECT e.revision, r.kind, r.name, r.definition
      FROM ${environments} e
      LEFT JOIN ${records} r ON r.environment = e.name AND r.revision > $2
      WHERE e.name = $1`,

    // Locks the environment until the transaction ends: the revision taken here is the next one for nobody else.
    advance: `
      INSERT INTO ${environments} AS e (name, revision) VALUES ($1, 1)
      ON CONFLICT (name) DO UPDATE SET revision = e.revision + 1
      RETURNING revision`,

    // All of the records, or none when one of them is newer than expected: then the transaction is to be undone.
    write: `
      WITH known AS (
        SELECT n.kind, n.name, n.after, r.definition AS before, r.revision
        FROM unnest($3::text[], $4::text[], $5::text[]) AS n (kind, name, after)
        LEFT JOIN ${records} r ON r.environment = $1 AND r.kind = n.kind AND r.name = n.name
      ), stale AS (
        SELECT FROM known WHERE revision > $9
      ), change AS (
        SELECT kind, name, before, after FROM known WHERE NOT EXISTS (SELECT FROM stale)
      ), changed AS (
        INSERT INTO ${records} (environment, kind, name, definition, revision)
        SELECT $1, kind, name, after, $2 FROM change
        ON CONFLICT (environment, kind, name)
        DO UPDATE SET definition = EXCLUDED.definition, revision = EXCLUDED.revision
      ), told AS (
        INSERT INTO ${changes} (environment, kind, name, revision, before, after)
        SELECT $1, kind, name, $2, before, after FROM change
      ), entry AS (
        INSERT INTO ${entries} (environment, revision, at, "by", comment) VALUES ($1, $2, $6, $7, $8)
      )
      SELECT EXISTS (SELECT FROM stale) AS stale, pg_notify('${channel}', $10)`,

    current: `
      SELECT n.kind, n.name, r.definition
      FROM unnest($2::text[], $3::text[]) AS n (kind, name)
      LEFT JOIN ${records} r ON r.environment = $1 AND r.kind = n.kind AND r.name = n.name`,

    history: `
      SELECT e.revision, e.at, e."by", e.comment, c.kind, c.name, c.before, c.after
      FROM (
        SELECT * FROM ${entries} WHERE environment = $1 AND revision < $2 ORDER BY revision DESC LIMIT $3
      ) e
      JOIN ${changes} c ON c.environment = $1 AND c.revision = e.revision
      ORDER BY e.revision DESC, c.kind, c.name`,

    // Two searches, each along an index and no further than the limit.
    historyOf: `
      SELECT e.revision, e.at, e."by", e.comment, c.kind, c.name, c.before, c.after
      FROM (
        (SELECT revision FROM ${changes} WHERE environment = $1 AND kind = 'flag' AND name = $4 AND revision < $2
          ORDER BY revision DESC LIMIT $3)
        UNION
        (SELECT revision FROM ${changes} WHERE environment = $1 AND kind = 'segment' AND name = $5 AND revision < $2
          ORDER BY revision DESC LIMIT $3)
        ORDER BY revision DESC LIMIT $3
      ) found
      JOIN ${entries} e ON e.environment = $1 AND e.revision = found.revision
      JOIN ${changes} c ON c.environment = $1 AND c.revision = found.revision
        AND ((c.kind = 'flag' AND c.name = $4) OR (c.kind = 'segment' AND c.name = $5))
      ORDER BY e.revision DESC, c.kind`,

    listen: `LISTEN ${channel}`,
  };
}
