import type { Attributes } from 'express-gatekeeper';
import type { Condition } from '../../../src/evaluation/conditions/condition.js';
import type { Truth } from '../../../src/evaluation/conditions/truth.js';
import type { Snapshot } from '../../../src/evaluation/snapshot.js';
import { aSnapshot, aSubject } from '../a-snapshot.js';

/** What else there is in a snapshot, for conditions to refer to. */
export interface Surroundings {
  readonly segments?: object;
  readonly flags?: object;
}

/** A condition as a rule of a flag has it: checked and compiled. */
export interface ACondition {
  readonly condition: Condition;
  readonly snapshot: Snapshot;
}

export function aCondition(when: unknown, { segments = {}, flags = {} }: Surroundings = {}): ACondition {
  const snapshot = aSnapshot({ flags: { ...flags, FLAG: { rules: [{ when }] } }, segments });
  const condition = snapshot.flags.get('FLAG')?.rules[0]?.condition;
  if (condition === undefined) throw new Error('the flag has no rule');
  return { condition, snapshot };
}

/** Whether it holds for somebody: `undefined` when that cannot be told. */
export function truth(when: unknown, attributes: Attributes = {}, userId?: unknown, around?: Surroundings): Truth {
  const { condition, snapshot } = aCondition(when, around);
  return condition.matches(aSubject(userId, attributes, snapshot));
}

/** Why it does not hold for somebody. */
export function failure(when: unknown, attributes: Attributes = {}, userId?: unknown, around?: Surroundings): string {
  const { condition, snapshot } = aCondition(when, around);
  return condition.failure(aSubject(userId, attributes, snapshot));
}
