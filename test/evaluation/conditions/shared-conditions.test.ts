import { describe, expect, it } from 'vitest';
import type { Condition } from '../../../src/evaluation/conditions/condition.js';
import { aSnapshot, aSubject } from '../a-snapshot.js';

function conditionsOf(...whens: readonly unknown[]): Condition[] {
  const flags = Object.fromEntries(whens.map((when, index) => [`f${index}`, { rules: [{ when }] }]));
  const snapshot = aSnapshot({ flags, segments: { beta: [7] } });
  return [...snapshot.flags.values()].flatMap(({ rules }) => rules.map(({ condition }) => condition));
}

describe('conditions', () => {
  it.each([
    { plan: 'premium' },
    { country: ['SE', 'NO'], age: { gte: 18 } },
    { appVersion: { semver: '>=2.1.0' } },
    { any: [{ segment: 'beta' }, { not: { plan: 'free' } }] },
  ])('that are written alike are one, whichever flags ask them: %j', (when) => {
    const [one, other] = conditionsOf(when, structuredClone(when));
    expect(one).toBe(other);
  });

  it('that differ in the type of a value are two', () => {
    const [text, number] = conditionsOf({ age: '18' }, { age: 18 });
    const subject = aSubject(1, { age: 18 });
    expect([text?.matches(subject), number?.matches(subject)]).toEqual([false, true]);
  });

  it('are told apart by what is inside', () => {
    expect(new Set(conditionsOf({ a: 'b' }, { a: ['b'] }, { a: { equals: 'b' } }, { not: { a: 'b' } })).size).toBe(4);
  });
});
