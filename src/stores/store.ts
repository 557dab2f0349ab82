import type { FlagInput, SegmentInput } from '../evaluation/definition/schema.js';
import type { Origin } from '../evaluation/place.js';

/** The number a store gives each change; it only grows. */
export type Revision = number;

/** All definitions of one environment as a store holds them. */
export interface StoreContent {
  readonly revision: Revision;
  readonly flags: Readonly<Record<string, FlagInput>>;
  readonly segments: Readonly<Record<string, SegmentInput>>;
  /** Where they stand, for messages that name a line. */
  readonly origin: Origin;
}

/** Where definitions are kept. */
export interface FlagStore {
  /** What it is, for messages, e.g. the file's name. */
  readonly name: string;
  /** @throws GatekeeperError when what is there cannot be read as a whole */
  load(environment: string): Promise<StoreContent>;
  /** Calls back after each change made by anybody; returns what stops it. */
  watch(environment: string, onRevision: () => void): () => void;
  close(): Promise<void>;
  /** For stores that answer without waiting. */
  readonly sync?: {
    load(environment: string): StoreContent;
  };
}
