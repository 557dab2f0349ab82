import type { FlagInput, SegmentInput } from '../evaluation/definition/schema.js';
import type { Revision, StoreChange } from './store.js';

export type RecordKind = 'flag' | 'segment';

/** What became of one flag or segment. */
export interface RecordChange {
  readonly kind: RecordKind;
  readonly name: string;
  /** What it was; `null` when it was not there. */
  readonly before: FlagInput | SegmentInput | null;
  /** What it is now; `null` when it is gone. */
  readonly after: FlagInput | SegmentInput | null;
}

/** One change: who, when, why and what. */
export interface AuditEntry {
  readonly revision: Revision;
  /** Milliseconds since the epoch, by the clock of whoever wrote it. */
  readonly at: number;
  readonly by: string;
  /** Empty when nothing was said. */
  readonly comment: string;
  readonly changes: readonly RecordChange[];
}

/** Which entries are wanted. */
export interface HistoryQuery {
  /** Only what became of this flag; entries then tell of nothing else. */
  readonly flag?: string | undefined;
  /** Only what became of this segment; entries then tell of nothing else. */
  readonly segment?: string | undefined;
  /** Only entries older than this revision: the last one of the page before. */
  readonly before?: Revision | undefined;
  /** At most so many entries; by default {@link HISTORY_LIMIT}. */
  readonly limit?: number | undefined;
}

export const HISTORY_LIMIT = 100;

/** One flag or segment as a change leaves it. */
export interface ChangedRecord {
  readonly kind: RecordKind;
  readonly name: string;
  readonly after: FlagInput | SegmentInput | null;
}

/** A change as a list, flags first. */
export function recordsOf({ flags = {}, segments = {} }: StoreChange): ChangedRecord[] {
  return [
    ...Object.entries(flags).map(([name, after]): ChangedRecord => ({ kind: 'flag', name, after })),
    ...Object.entries(segments).map(([name, after]): ChangedRecord => ({ kind: 'segment', name, after })),
  ];
}

/** Flags and segments by name, as a store holds them. The records have no prototype: a flag may be named `constructor`. */
export interface Records<FlagRecord = FlagInput, SegmentRecord = SegmentInput> {
  readonly flags: Record<string, FlagRecord>;
  readonly segments: Record<string, SegmentRecord>;
}

/** A list of records by kind and name: {@link recordsOf} the other way round. */
export function byName(records: Iterable<ChangedRecord>): Records<FlagInput | null, SegmentInput | null> {
  const named: Records<unknown, unknown> = { flags: Object.create(null), segments: Object.create(null) };
  for (const { kind, name, after } of records) named[kind === 'flag' ? 'flags' : 'segments'][name] = after;
  return named as Records<FlagInput | null, SegmentInput | null>;
}

/** One row of an audit log that is kept as one row for each changed record. */
export interface AuditRow extends RecordChange, Omit<AuditEntry, 'changes'> {}

/** Rows, newest first, as the entries they make up. */
export function entriesOf(rows: Iterable<AuditRow>): AuditEntry[] {
  const entries = new Map<Revision, AuditEntry & { readonly changes: RecordChange[] }>();
  for (const { revision, at, by, comment, ...change } of rows) {
    const entry = entries.get(revision) ?? { revision, at, by, comment, changes: [] };
    entry.changes.push(change);
    entries.set(revision, entry);
  }
  return [...entries.values()];
}
