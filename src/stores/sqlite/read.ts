import { GatekeeperError, shown } from '../../errors.js';
import type { Definitions, FlagInput, SegmentInput } from '../../evaluation/definition/schema.js';
import {
  type AuditEntry,
  type AuditRow,
  byName,
  type ChangedRecord,
  entriesOf,
  HISTORY_LIMIT,
  type HistoryQuery,
  type RecordKind,
} from '../audit.js';
import type { Revision, StoreContent, StoreDelta } from '../store.js';
import type { ContentRow, HistoryRow, Statements } from './statements.js';

export function load({ content }: Statements, environment: string): StoreContent {
  const rows = content.all(environment) as ContentRow[];
  return { ...(byName(recordsIn(rows)) as Required<Definitions>), revision: Number(rows[0]?.revision ?? 0) };
}

/** `undefined` when what was seen is not there: the database is another one. */
export function since({ changedSince }: Statements, environment: string, seen: Revision): StoreDelta | undefined {
  const rows = changedSince.all(seen, environment) as ContentRow[];
  const revision = Number(rows[0]?.revision ?? 0);
  return seen > revision ? undefined : { ...byName(recordsIn(rows)), revision };
}

export function environmentsIn({ environments }: Statements): string[] {
  return (environments.all() as { environment: string }[]).map(({ environment }) => environment).sort();
}

export function history(statements: Statements, environment: string, query: HistoryQuery): AuditEntry[] {
  const { flag = null, segment = null, before = Number.MAX_SAFE_INTEGER, limit = HISTORY_LIMIT } = query;
  const page = [before, limit] as const;
  const rows =
    flag === null && segment === null
      ? statements.history.all(environment, environment, ...page)
      : statements.historyOf.all(
          environment,
          flag,
          segment,
          environment,
          flag,
          ...page,
          environment,
          segment,
          ...page,
          limit,
        );
  return entriesOf((rows as HistoryRow[]).map(auditRow));
}

/** A definition as it stands in a table. */
export function definitionIn(json: string | null, kind: RecordKind, name: string): FlagInput | SegmentInput | null {
  if (json === null) return null;
  try {
    return JSON.parse(json) as FlagInput | SegmentInput;
  } catch (error) {
    throw new GatekeeperError(
      'STORE_FAILED',
      `The ${kind} ${shown(name)} in the database is not JSON: ${shown(json)}`,
      {
        cause: error,
      },
    );
  }
}

function* recordsIn(rows: readonly ContentRow[]): Generator<ChangedRecord> {
  for (const row of rows) {
    if (row.kind === null) continue;
    const { kind, name, definition } = row;
    yield { kind, name, after: definitionIn(definition, kind, name) };
  }
}

function auditRow({ kind, name, before, after, ...entry }: HistoryRow): AuditRow {
  const definition = (json: string | null) => definitionIn(json, kind, name);
  const { revision, at, by, comment } = entry;
  return {
    revision: Number(revision),
    at: Number(at),
    by,
    comment,
    kind,
    name,
    before: definition(before),
    after: definition(after),
  };
}
