import { isPlain } from '../evaluation/json-value.js';
import type { Revision, StoreChange, StoreContent } from './store.js';

/** Whether something is what a store has to give. */
export function isContent(given: unknown): given is StoreContent {
  if (typeof given !== 'object' || given === null) return false;
  const { revision, flags, segments } = given as Partial<Record<keyof StoreContent, unknown>>;
  return Number.isSafeInteger(revision) && isPlain(flags) && isPlain(segments);
}

/** What a store holds once a change was made to it. */
export function withChange(content: StoreContent, change: StoreChange, revision: Revision): StoreContent {
  return {
    ...content,
    revision,
    flags: changed(content.flags, change.flags),
    segments: changed(content.segments, change.segments),
  };
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
