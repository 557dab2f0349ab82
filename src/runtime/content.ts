import type { FlagInput, SegmentInput } from '../evaluation/definition/schema.js';
import { type RecordChange, recordsOf } from '../stores/audit.js';
import type { Revision, StoreChange, StoreContent } from '../stores/store.js';

type RecordsByName = Readonly<Record<string, FlagInput | SegmentInput>>;

/** What a store holds before anything is known of it. */
export const NOTHING: StoreContent = { revision: 0, flags: {}, segments: {} };

/** What a store holds once a change was made to it. */
export function withChange(content: StoreContent, change: StoreChange, revision: Revision): StoreContent {
  return {
    ...content,
    revision,
    flags: changed(content.flags, change.flags),
    segments: changed(content.segments, change.segments),
  };
}

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

/** A record may be named like what every object has. */
export function recordOf<Value>(records: Readonly<Record<string, Value>>, name: string): Value | undefined {
  return Object.hasOwn(records, name) ? records[name] : undefined;
}

function changed<Value>(
  records: Readonly<Record<string, Value>>,
  change: Readonly<Record<string, Value | null>> = {},
): Readonly<Record<string, Value>> {
  const names = Object.keys(change);
  if (names.length === 0) return records;
  const copy: Record<string, Value> = Object.assign(Object.create(null), records);
  for (const name of names) {
    const value = change[name];
    if (value === null || value === undefined) delete copy[name];
    else copy[name] = value;
  }
  return copy;
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
