import type { TakenBack } from '../../runtime/undoing.js';
import { type RecordRow, recordRow } from './record-row.js';

/** How many records that were changed later are shown. */
const MOST_SHOWN = 20;

/** What of a change cannot be taken back without more, and what need not be. */
interface Leftovers {
  /** What became of each record after the change. */
  readonly changed: readonly RecordRow[];
  readonly changedTotal: number;
  /** How many are already as they were before the change. */
  readonly done: number;
}

export function leftoversOf(records: readonly TakenBack[]): Leftovers {
  const changed = records.filter(({ state }) => state === 'changed');
  return {
    changed: changed
      .slice(0, MOST_SHOWN)
      .map(({ kind, name, after, now }) => recordRow({ kind, name, before: after, after: now })),
    changedTotal: changed.length,
    done: records.filter(({ state }) => state === 'done').length,
  };
}
