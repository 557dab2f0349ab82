import type { FeatureFlagConfig, FlagInput, SegmentInput, UserId } from 'express-gatekeeper';
import { buildSnapshot } from '../../src/evaluation/build-snapshot.js';
import type { Attributes } from '../../src/evaluation/context.js';
import { FlagReader } from '../../src/evaluation/flag-reader.js';
import type { Origin } from '../../src/evaluation/place.js';
import type { Snapshot, SnapshotSource } from '../../src/evaluation/snapshot.js';
import { Subject } from '../../src/evaluation/subject.js';

interface Ingredients {
  readonly configs?: readonly FeatureFlagConfig[];
  /** Flag name → its definition, well-formed or not. */
  readonly flags?: object;
  readonly segments?: object;
  readonly origin?: Origin;
  /** Whether what cannot be used is set aside, as in a file, rather than thrown. */
  readonly tolerant?: boolean;
  readonly revision?: number;
}

/** The snapshot of flags in code and in one layer of definitions. */
export function aSnapshot({
  configs = [],
  flags = {},
  segments = {},
  origin = { name: 'flags.yaml' },
  tolerant = false,
  revision = 0,
}: Ingredients = {}): Snapshot {
  const definitions = {
    flags: flags as Record<string, FlagInput>,
    segments: segments as Record<string, SegmentInput>,
  };
  return buildSnapshot({ configs, layers: [{ definitions, origin, tolerant }], revision });
}

/** Where readers get a snapshot and their time from; both may change meanwhile. */
export function aSource(snapshot: Snapshot = aSnapshot(), clock: () => number = Date.now) {
  return {
    snapshot,
    stale: false,
    clock,
    failed: (_flag: string, _problem: string): void => undefined,
    unknownFlag: () => undefined,
  } satisfies SnapshotSource;
}

/** Somebody known by id and attributes alone. */
export function aSubject(userId?: unknown, attributes?: Attributes, snapshot?: Snapshot): Subject {
  return new Subject(aSource(snapshot), userId as UserId, attributes);
}

/** Reads the flags of a snapshot for somebody, at a moment. */
export function readerAt(now: number, snapshot: Snapshot, userId?: UserId, attributes?: Attributes): FlagReader {
  return new FlagReader(
    new Subject(
      aSource(snapshot, () => now),
      userId,
      attributes,
    ),
  );
}
