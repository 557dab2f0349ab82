import type { Subject } from '../subject.js';

/**
 * Whether something holds; `undefined` when it cannot be told, because an attribute is missing or of a type that cannot be
 * compared. Combined by Kleene's three-valued logic, so that a missing attribute never matches, nor does its negation.
 */
export type Truth = boolean | undefined;

/** A test of the one a flag is decided for, made ready once. */
export interface Condition {
  matches(subject: Subject): Truth;
  /** What it asks, to complete "asks that …". */
  readonly text: string;
  /** Why it does not match this subject: the innermost part that fails. Only asked when it does not. */
  failure(subject: Subject): string;
}
