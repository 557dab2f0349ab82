import { GatekeeperError, shown } from '../../errors.js';
import type { FlagInput, SegmentInput } from '../../evaluation/definition/schema.js';
import type { AuditRow, ChangedRecord, RecordKind } from '../audit.js';

/** A record as a row. */
export interface RecordRow {
  readonly kind: RecordKind;
  readonly name: string;
  readonly definition: string | null;
}

/** The same beside the revision of its environment; an environment without any has one row of nulls. */
export type LoadedRow = { readonly revision: unknown } & (RecordRow | { readonly kind: null });

/** A changed record beside its entry of the audit log; `pg` gives large numbers as text. */
export interface HistoryRow extends Pick<AuditRow, 'by' | 'comment' | 'kind' | 'name'> {
  readonly revision: unknown;
  readonly at: unknown;
  readonly before: string | null;
  readonly after: string | null;
}

export function recordOf({ kind, name, definition }: RecordRow): ChangedRecord {
  return { kind, name, after: parsed(definition) };
}

export function recordsIn(rows: readonly LoadedRow[]): ChangedRecord[] {
  return rows.filter((row) => row.kind !== null).map(recordOf);
}

export function auditRowOf({ revision, at, by, comment, kind, name, before, after }: HistoryRow): AuditRow {
  const change = { kind, name, before: parsed(before), after: parsed(after) };
  return { revision: Number(revision), at: Number(at), by, comment, ...change };
}

export function rowOf({ kind, name, after }: ChangedRecord): RecordRow {
  return { kind, name, definition: after === null ? null : JSON.stringify(after) };
}

/** Bytes of a name: an index of Postgres takes no more than 2,704 for an environment and a name together. */
const NAME_BYTES = 1_200;

/** @throws GatekeeperError `STORE_FAILED` for a name that Postgres would refuse, or give back as another one */
export function refuseOddNames(names: Iterable<string>): void {
  for (const name of names) {
    refuseOddText(name);
    if (Buffer.byteLength(name) <= NAME_BYTES) continue;
    throw new GatekeeperError(
      'STORE_FAILED',
      `Postgres keeps no name of more than ${NAME_BYTES} bytes; shorten ${shown(name)}.`,
    );
  }
}

/** Inside of a definition these are escaped, as JSON has it; on their own Postgres cannot keep them. */
export function refuseOddText(text: string): void {
  if (!/[\0\p{Cs}]/u.test(text)) return;
  throw new GatekeeperError(
    'STORE_FAILED',
    `Postgres keeps no text with U+0000 or half a surrogate pair in it; take it out of ${shown(text)}.`,
  );
}

function parsed(definition: string | null): FlagInput & SegmentInput;
function parsed(definition: string | null): unknown {
  return definition === null ? null : JSON.parse(definition);
}
