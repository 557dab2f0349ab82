import type { Subject } from '../subject.js';
import type { Truth } from './truth.js';

/** A test of the one a flag is decided for, made ready once. */
export interface Condition {
  matches(subject: Subject): Truth;
  /** What it asks, to complete "asks that …". */
  readonly text: string;
  /** Why it does not match this subject: the innermost part that fails. Only asked when it does not. */
  failure(subject: Subject): string;
}

/** Asks one of several. */
export function matches(condition: Condition, subject: Subject): Truth {
  return condition.matches(subject);
}
