import type { FlagInput, SegmentInput } from '../evaluation/definition/schema.js';
import { recordOf } from '../stores/content.js';
import type { StoreChange, StoreContent } from '../stores/store.js';
import { asKilledAs, isKilled } from './kills.js';

/** What is to be copied, by name. */
export interface Selection {
  readonly flags: Iterable<string>;
  readonly segments: Iterable<string>;
}

/**
 * What copies flags and segments from one environment into another. What only the other has stays; and a kill belongs to its
 * environment, so that it is neither brought along nor ended. What `from` does not have is not copied.
 */
export function copying(from: StoreContent, to: StoreContent, { flags, segments }: Selection): Required<StoreChange> {
  const change: { flags: Record<string, FlagInput>; segments: Record<string, SegmentInput> } = {
    flags: Object.create(null),
    segments: Object.create(null),
  };
  for (const name of flags) {
    const flag = recordOf(from.flags, name);
    const copied = flag === undefined ? undefined : asKilledAs(recordOf(to.flags, name), flag);
    // Of one that was killed and nothing else there is nothing to copy, and nothing said would mean on for everyone.
    if (copied !== undefined && !isEmpty(copied)) change.flags[name] = copied;
  }
  for (const name of segments) {
    const segment = recordOf(from.segments, name);
    if (segment !== undefined) change.segments[name] = segment;
  }
  return change;
}

/** Those of some flags that are killed in one of two environments only. */
export function killedInOne(from: StoreContent, to: StoreContent, names: Iterable<string>): string[] {
  return [...names].filter((name) => isKilled(recordOf(from.flags, name)) !== isKilled(recordOf(to.flags, name)));
}

function isEmpty(flag: FlagInput): boolean {
  return typeof flag === 'object' && !Array.isArray(flag) && Object.keys(flag).length === 0;
}
