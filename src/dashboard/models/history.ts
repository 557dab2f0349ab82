import type { AuditEntry } from '../../stores/audit.js';
import { type Moment, momentOf } from './moment.js';
import { type RecordRow, recordRow } from './record-row.js';

/** How many records of one change a page of many changes shows. */
const MOST_SHOWN = 4;

/** One change, as the history shows it. */
export interface EntryRow {
  readonly anchor: string;
  readonly revision: number;
  readonly when: Moment;
  readonly by: string;
  readonly comment: string;
  readonly records: readonly RecordRow[];
  /** How many more there are than are shown. */
  readonly more: number;
  readonly total: number;
  /** The query of the page of this change alone, and of the page that takes it back. */
  readonly query: string;
}

/** Which part of an entry is shown. */
interface Shown {
  readonly environment: string;
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly from?: number;
  readonly most?: number;
}

export function entryRow(entry: AuditEntry, { environment, now, from = 0, most = MOST_SHOWN }: Shown): EntryRow {
  const { revision, at, by, comment, changes } = entry;
  const shown = changes.slice(from, from + most);
  return {
    anchor: `r-${revision}`,
    revision,
    when: momentOf(at, now),
    by,
    comment,
    records: shown.map(recordRow),
    more: Math.max(0, changes.length - from - shown.length),
    total: changes.length,
    query: new URLSearchParams({ revision: String(revision), ...(environment && { environment }) }).toString(),
  };
}
