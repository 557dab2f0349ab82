import type { CompiledFlag } from './compiled-flag.js';
import type { Condition } from './conditions/condition.js';
import type { Attributes } from './context.js';
import type { UserId } from './user-id.js';

/** All flags as they stand at one moment. Never changed: a change makes a new snapshot. */
export interface Snapshot {
  readonly flags: ReadonlyMap<string, CompiledFlag>;
  readonly segments: ReadonlyMap<string, Condition>;
  /** What could not be used, for the log and the page. */
  readonly problems: readonly Problem[];
  /** The number of the change these flags came with; it only grows. */
  readonly revision: number;
}

/** A flag or segment whose definition cannot be used. */
export interface Problem {
  readonly kind: 'flag' | 'segment';
  readonly name: string;
  readonly message: string;
}

/** What was found out of somebody while their flags were read; whatever no flag asked for is not known. */
export interface KnownContext {
  readonly userId?: UserId | undefined;
  readonly anonymousId?: string | undefined;
  readonly sessionId?: string | undefined;
  readonly attributes: Attributes;
}

/** Somebody whose flags are read. */
export interface Seen {
  readonly known: KnownContext;
}

/** Where readers get their snapshot and their time from. */
export interface SnapshotSource {
  readonly snapshot: Snapshot;
  /** True while the snapshot may be behind the store. */
  readonly stale: boolean;
  /** Milliseconds since the epoch. */
  clock(): number;
  /** Told when code of the app's failed while a flag was decided. */
  failed(flag: string, problem: string): void;
  /** Told when a flag was asked for that does not exist. */
  unknownFlag(name: string): void;
  /** Told of each subject once, when its first flag is read. */
  seen?(subject: Seen): void;
}
