import type { FlagInput, SegmentInput } from '../evaluation/definition/schema.js';
import { type RecordChange, recordsOf } from '../stores/audit.js';
import { recordOf } from '../stores/content.js';
import type { StoreChange, StoreContent } from '../stores/store.js';

type RecordsByName = Readonly<Record<string, FlagInput | SegmentInput>>;

/** What a store holds before anything is known of it. */
export const NOTHING: StoreContent = { revision: 0, flags: {}, segments: {} };

/** What is different in `after`, `null` for what is gone. */
export function changeBetween(before: StoreContent, after: StoreContent): Required<StoreChange> {
  return {
    flags: different(before.flags, after.flags),
    segments: different(before.segments, after.segments),
  };
}

/** What of a change is one. */
export function realChange(content: StoreContent, { flags, segments }: StoreChange): Required<StoreChange> {
  return { flags: differing(content.flags, flags), segments: differing(content.segments, segments) };
}

/** A change beside what was there before. */
export function changesOf({ flags, segments }: StoreContent, change: StoreChange): RecordChange[] {
  return recordsOf(change).map(({ kind, name, after }) => ({
    kind,
    name,
    before: recordOf<RecordChange['before']>(kind === 'flag' ? flags : segments, name) ?? null,
    after,
  }));
}

function different<Value extends RecordsByName[string]>(
  before: Readonly<Record<string, Value>>,
  after: Readonly<Record<string, Value>>,
): Record<string, Value | null> {
  const found: Record<string, Value | null> = Object.create(null);
  for (const [name, value] of Object.entries(after)) if (!same(recordOf(before, name), value)) found[name] = value;
  for (const name of Object.keys(before)) if (!Object.hasOwn(after, name)) found[name] = null;
  return found;
}

function differing<Value>(
  records: Readonly<Record<string, Value>>,
  change: Readonly<Record<string, Value | null>> = {},
): Record<string, Value | null> {
  const found: Record<string, Value | null> = Object.create(null);
  for (const [name, value = null] of Object.entries(change)) {
    if (!same(recordOf(records, name) ?? null, value)) found[name] = value;
  }
  return found;
}

/** Whether two definitions are written alike. */
export function same(one: unknown, other: unknown): boolean {
  return one === other || JSON.stringify(one) === JSON.stringify(other);
}
