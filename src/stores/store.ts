import type { FlagInput, SegmentInput } from '../evaluation/definition/schema.js';
import type { Origin } from '../evaluation/place.js';
import type { AuditEntry, HistoryQuery } from './audit.js';

/** The number a store gives each change of an environment: 1, 2, … It only grows; 0 is an environment nobody has written to. */
export type Revision = number;

/** All definitions of one environment as a store holds them. */
export interface StoreContent {
  readonly revision: Revision;
  readonly flags: Readonly<Record<string, FlagInput>>;
  readonly segments: Readonly<Record<string, SegmentInput>>;
  /** Where they stand, for messages that name a line; by default the store by its name. */
  readonly origin?: Origin;
  /** Why these are only the last known ones, when the store itself could not be read. */
  readonly stale?: string;
}

/** What is changed in one step: name → what it is from now on, `null` for what goes. Whatever is not named stays. */
export interface StoreChange {
  readonly flags?: Readonly<Record<string, FlagInput | null>>;
  readonly segments?: Readonly<Record<string, SegmentInput | null>>;
}

/** Who changes something and why, and what they had seen of it. */
export interface ChangeOptions {
  /**
   * The revision that was looked at before the change was made. When something that the change names was changed since, the
   * change is refused. Without it the change is made whatever is there.
   */
  readonly expectedRevision?: Revision | undefined;
  readonly by: string;
  readonly comment?: string | undefined;
  /** When, in milliseconds since the epoch; by default now. */
  readonly at?: number | undefined;
}

/** What was changed since a revision. */
export interface StoreDelta extends StoreChange {
  readonly revision: Revision;
}

/**
 * Where definitions are kept. A store keeps what it is given: what a definition means, and whether it makes sense, is decided above.
 * Names of flags, segments and environments are any text. After `close()` every method rejects.
 *
 * Everything optional is an object of its own, so that a small store stays small; `storeContract` of `express-gatekeeper/testing`
 * tells whether a store keeps its word.
 */
export interface FlagStore {
  /** What it is, for messages: a file's name, a host. Never a password. */
  readonly name: string;
  /** @throws what is there cannot be read as a whole */
  load(environment: string): Promise<StoreContent>;
  /** The revision as it is now, in one small round trip. */
  revision(environment: string): Promise<Revision>;
  /**
   * Makes a change and its audit entry in one step: both are there, or neither. Resolved, it outlasts the process.
   *
   * @returns the revision of this change
   * @throws ConflictError nothing was changed: something it names is newer than `expectedRevision`
   */
  apply(environment: string, change: StoreChange, options: ChangeOptions): Promise<Revision>;
  /** What was changed, newest first. */
  history(environment: string, query?: HistoryQuery): Promise<readonly AuditEntry[]>;
  /**
   * Calls back, with the revision where it is known, after each change made by anybody, and whenever one may have been missed: a
   * connection was lost, or is there again. Calling too often does no harm; what fails to watch tries again by itself.
   *
   * @returns what stops it
   */
  watch(environment: string, onRevision: (revision?: Revision) => void): () => void;
  /** Leaves no timer, socket or listener. May be called twice. */
  close(): Promise<void>;
  /** For stores that answer without waiting: what is read at creation, and in strong mode at the first read of each request. */
  readonly sync?: {
    load(environment: string): StoreContent;
    /** Cheap: it is asked once per request. */
    revision(environment: string): Revision;
    /** As {@link FlagStore.deltas}. */
    since?(environment: string, revision: Revision): StoreDelta | undefined;
  };
  /** For stores that can tell what changed: large sets then need not be loaded whole after each change. */
  readonly deltas?: {
    /** What changed after `revision`; `undefined` when only a full load can tell. */
    since(environment: string, revision: Revision): Promise<StoreDelta | undefined>;
  };
  /** For stores that hold several environments. */
  readonly environments?: {
    /** Those that were ever written to, in the order of the alphabet. */
    list(): Promise<readonly string[]>;
  };
}
