import { describe, expect, it } from 'vitest';
import { LIMITS } from '../../../src/evaluation/definition/limits.js';
import { complaintAbout } from '../a-reader.js';
import { aSnapshot } from '../a-snapshot.js';

function complaint(definition: unknown): string {
  return complaintAbout({ definitions: { FLAG: definition } });
}

function times<T>(count: number, make: (index: number) => T): T[] {
  return Array.from({ length: count }, (_, index) => make(index));
}

const rule = { when: { plan: 'premium' } };
const steps = (count: number) => ({ serve: { ramp: { start: '2026-12-01', days: times(count, (day) => [day, 1]) } } });
const notNot = (depth: number): object => (depth === 0 ? { plan: 'x' } : { not: notNot(depth - 1) });

describe('a definition has room for', () => {
  it.each([
    ['100 rules', (count: number) => ({ rules: times(count, () => rule) }), LIMITS.rules],
    [
      '100 variants in a list',
      (count: number) => ({ variants: times(count, (index) => `v${index}`) }),
      LIMITS.variants,
    ],
    [
      '100 parts of a group',
      (count: number) => ({ rules: [{ when: { any: times(count, () => ({ a: 1 })) } }] }),
      LIMITS.rules,
    ],
    ['100 steps of a ramp', steps, LIMITS.rampSteps],
    ['100,000 users in a list', (count: number) => times(count, (index) => index), LIMITS.values],
    ['100,000 listed users', (count: number) => ({ users: times(count, (index) => index) }), LIMITS.values],
    [
      '100,000 users with an override',
      (count: number) => ({ overrides: { on: times(count, (index) => index) } }),
      LIMITS.values,
    ],
    ['4,000 characters of description', (count: number) => ({ description: 'x'.repeat(count) }), LIMITS.text],
    ['100 tags', (count: number) => ({ tags: times(count, (index) => `t${index}`) }), 100],
    ['200 characters of salt', (count: number) => ({ salt: 'x'.repeat(count) }), 200],
  ])('%s, and no more: the message says how many are taken', (_what, definition, limit) => {
    expect(complaint(definition(limit))).toBe('no complaint');
    expect(complaint(definition(limit + 1))).toMatch(new RegExp(`^definitions: Flag "FLAG".*\\b${limit}\\b`));
  });

  it('100,000 values in a test, and no more: the message says how many are taken', () => {
    const definition = (count: number) => ({ rules: [{ when: { country: times(count, (index) => index) } }] });
    expect(complaint(definition(LIMITS.values))).toBe('no complaint');
    expect(complaint(definition(LIMITS.values + 1))).toMatch(/rules\[0\]\.when\.country.*\b100,?000\b/);
  });

  it('100 variants in a map, and no more', () => {
    const definition = (count: number) => ({
      variants: Object.fromEntries(times(count, (index) => [`v${index}`, index])),
    });
    expect(complaint(definition(LIMITS.variants))).toBe('no complaint');
    expect(complaint(definition(LIMITS.variants + 1))).toMatch(/variants.*\b100\b/);
  });

  it('conditions that are nested twelve deep, and no deeper', () => {
    expect(complaint({ rules: [{ when: notNot(LIMITS.depth + 1) }] })).toMatch(/is nested deeper than 12 levels\.$/);
    expect(complaint({ rules: [{ when: notNot(5000) }] })).toMatch(/is nested deeper than 12 levels\.$/);
    expect(complaint({ rules: [{ when: notNot(LIMITS.depth) }] })).toBe('no complaint');
  });

  it('values that are nested', () => {
    const nested = (depth: number): unknown => (depth === 0 ? 1 : [nested(depth - 1)]);
    expect(complaint({ variants: { a: nested(9), b: [] } })).toBe('no complaint');
    expect(complaint({ variants: { a: nested(5000), b: [] } })).toContain('is nested deeper than 12 levels');
  });

  it('no circle, whoever made one in code', () => {
    const circle: Record<string, unknown> = { description: 'x' };
    circle['rules'] = [{ when: { all: [circle] } }];
    expect(complaint(circle)).toContain('is nested deeper than 12 levels');
  });
});

describe('a set of definitions has room for', () => {
  it('50,000 flags, and no more', () => {
    const flags = (count: number) => Object.fromEntries(times(count, (index) => [`f${index}`, true]));
    expect(aSnapshot({ flags: flags(LIMITS.flags) }).flags.size).toBe(50_000);
    for (const tolerant of [true, false]) {
      expect(() => aSnapshot({ flags: flags(LIMITS.flags + 1), tolerant })).toThrow(
        'flags.yaml has 50001 flags; at most 50000 are taken.',
      );
    }
  });

  it('10,000 segments, and no more', () => {
    const segments = (count: number) => Object.fromEntries(times(count, (index) => [`s${index}`, [index]]));
    expect(aSnapshot({ segments: segments(LIMITS.segments) }).problems).toEqual([]);
    expect(() => aSnapshot({ segments: segments(LIMITS.segments + 1) })).toThrow(
      'flags.yaml has 10001 segments; at most 10000 are taken.',
    );
  });

  it('100,000 users in a segment, and no more', () => {
    const beta = (count: number) => ({ segments: { beta: times(count, (index) => index) } });
    expect(complaintAbout(beta(LIMITS.values))).toBe('no complaint');
    expect(complaintAbout(beta(LIMITS.values + 1))).toContain(
      'Segment "beta" lists 100001 users; at most 100000 are taken',
    );
  });
});
