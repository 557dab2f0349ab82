import type { FlagInput, SegmentInput } from './schema.js';

/** A shorthand as the map that means the same, so that something can be added to it; a map is what it is. */
export function writtenOut(flag: FlagInput): Readonly<Record<string, unknown>> {
  if (typeof flag === 'boolean') return { enabled: flag };
  if (typeof flag === 'number') return { serve: { percentage: flag } };
  return Array.isArray(flag) ? { users: flag } : (flag as Readonly<Record<string, unknown>>);
}

/** The same for a segment. */
export function segmentWrittenOut(segment: SegmentInput): Readonly<Record<string, unknown>> {
  return Array.isArray(segment) ? { users: segment } : (segment as Readonly<Record<string, unknown>>);
}
