import type { FlagInput, SegmentInput } from '../evaluation/definition/schema.js';
import { type AuditEntry, byName, type RecordChange } from '../stores/audit.js';
import { recordOf } from '../stores/content.js';
import type { StoreChange, StoreContent } from '../stores/store.js';
import { same } from './content.js';
import { asKilledAs, isKilled } from './kills.js';

type Definition = FlagInput | SegmentInput | null;

/** One record of a change that somebody wants to take back. */
export interface TakenBack extends RecordChange {
  /** What is there now. */
  readonly now: Definition;
  /**
   * `exact`: as the change left it, so that it becomes what it was before. `done`: it is what it was before already. `changed`: it was
   * changed later, and taking the change back takes that back as well.
   */
  readonly state: 'exact' | 'done' | 'changed';
  /** What it becomes. */
  readonly to: Definition;
}

/** What taking a change back means for each of its records. */
export function takingBack({ changes }: AuditEntry, { flags, segments }: StoreContent): TakenBack[] {
  return changes.map((change): TakenBack => {
    const { kind, name, before, after } = change;
    const now = recordOf<FlagInput | SegmentInput>(kind === 'flag' ? flags : segments, name) ?? null;
    if (same(now, before)) return { ...change, now, state: 'done', to: now };
    if (same(now, after)) return { ...change, now, state: 'exact', to: before };
    return { ...change, now, state: 'changed', to: kind === 'flag' ? asKilledNow(before, now) : before };
  });
}

/** @param later whether what was changed later is taken back as well */
export function undoing(records: readonly TakenBack[], later: boolean): StoreChange {
  const wanted = records.filter(({ state }) => state === 'exact' || (later && state === 'changed'));
  return byName(wanted.map(({ kind, name, to }) => ({ kind, name, after: to })));
}

/** A kill that came later, or was ended later, is no part of what is taken back. */
function asKilledNow(before: Definition, now: Definition): Definition {
  if (before !== null) return asKilledAs(now as FlagInput | null, before as FlagInput);
  return isKilled(now) ? { killed: true } : null;
}
