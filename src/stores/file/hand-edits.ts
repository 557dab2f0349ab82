import type { Definitions } from '../../evaluation/definition/schema.js';
import { type ChangedRecord, type RecordChange, recordsOf } from '../audit.js';
import type { Revision } from '../store.js';
import { changesOf, type FileState } from './file-state.js';
import { MISSING } from './file-target.js';
import type { JournalEntry } from './journal.js';

const BY_HAND = 'edited by hand';

/** What was changed in the file itself since the last change that the journal tells of, as an entry for the journal. */
export function handEdits(state: FileState, revision: Revision, now: Required<Definitions>): JournalEntry | undefined {
  if (state.settled) return undefined;
  const { identity, stats, last } = state;
  return {
    revision,
    at: stats === undefined ? 0 : Number(stats.mtimeNs / 1_000_000n),
    by: BY_HAND,
    comment: '',
    changes: differences(recordsIn(state), now),
    was: last?.entry.is ?? MISSING,
    is: identity,
  };
}

/** What the journal amounts to. It is read whole: edits by hand are few. */
function recordsIn({ target, identity }: FileState): Map<string, ChangedRecord> {
  const records = new Map<string, ChangedRecord>();
  for (const { entry } of changesOf(target, identity)) {
    for (const change of entry.changes) if (!records.has(keyOf(change))) records.set(keyOf(change), change);
  }
  return records;
}

function differences(before: ReadonlyMap<string, ChangedRecord>, now: Required<Definitions>): RecordChange[] {
  const there = recordsOf(now);
  const names = new Set(there.map(keyOf));
  const gone = [...before.values()].filter((record) => record.after !== null && !names.has(keyOf(record)));
  return [...there, ...gone.map(({ kind, name }): ChangedRecord => ({ kind, name, after: null }))]
    .map(({ kind, name, after }) => ({ kind, name, before: before.get(keyOf({ kind, name }))?.after ?? null, after }))
    .filter(({ before: was, after }) => JSON.stringify(was) !== JSON.stringify(after));
}

/** What tells records apart. */
export function keyOf({ kind, name }: Pick<ChangedRecord, 'kind' | 'name'>): string {
  return `${kind} ${name}`;
}
