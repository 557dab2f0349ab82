import type { FlagInput } from '../../evaluation/definition/schema.js';
import type { AuditEntry } from '../../stores/audit.js';
import type { Revision } from '../../stores/store.js';
import type { Page } from '../answer.js';
import { conflictOf } from '../models/conflict.js';

interface Made {
  readonly name: string;
  readonly definition: FlagInput;
  readonly seen: Revision;
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** What was to be said about it. */
  readonly comment?: string;
}

/** Shows two changes side by side, and offers to go on with both. */
export function conflictPage(since: readonly AuditEntry[], { comment = '', ...made }: Made): Page {
  return { status: 409, view: 'conflict', model: { conflict: conflictOf(since, made), comment } };
}
