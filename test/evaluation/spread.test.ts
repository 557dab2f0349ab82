import { type EvaluationContext, featureFlag } from 'express-gatekeeper';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cutPoint, Dice } from '../../src/evaluation/bucketing.js';
import { aReader } from './a-reader.js';

// Everything here is decided by fixed ids and salts, so that a test that passes once passes always.
const PEOPLE = 20_000;
const ids: readonly string[] = Array.from({ length: PEOPLE }, (_, index) => String(index + 1));
const SALTS = ['MY_NEW_FEATURE', 'checkout/express-pay', 'a', 'größe'];

/** How far counts are from being equal; around their number when only chance is at work. */
function chiSquare(counts: readonly number[]): number {
  const expected = counts.reduce((sum, count) => sum + count, 0) / counts.length;
  return counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
}

function winners(salt: string, weights: Readonly<Record<string, number>>): readonly string[] {
  const dice = new Dice(salt);
  const shares = Object.entries(weights).map(([variant, weight]) => dice.share(variant, weight));
  return ids.map((id) => dice.winner(shares, id)?.variant ?? 'nobody');
}

function shareOf(variant: string, all: readonly string[]): number {
  return all.filter((one) => one === variant).length / all.length;
}

function insideOf(salt: string, percentage: number): readonly boolean[] {
  const dice = new Dice(salt);
  return ids.map((id) => dice.position(id) < cutPoint(percentage));
}

/** Chance alone moves a share of so many people by less than this. */
function expectAbout(share: number, expected: number, within = 0.015): void {
  expect(Math.abs(share - expected), `${share} instead of ${expected}`).toBeLessThan(within);
}

function part(flags: readonly boolean[]): number {
  return flags.filter(Boolean).length / flags.length;
}

describe('percentages', () => {
  it.each([
    ['running numbers', ids],
    ['prefixed numbers', ids.map((id) => `user-${id}`)],
    ['e-mail addresses', ids.map((id) => `person.${id}@example.com`)],
    ['names with umlauts', ids.map((id) => `Jürgen ${id}`)],
  ])('spread people evenly over the line: %s', (_kind, units) => {
    for (const salt of SALTS) {
      const dice = new Dice(salt);
      const counts = Array<number>(100).fill(0);
      for (const unit of units) {
        const bucket = Math.floor((dice.position(unit) / 2 ** 32) * 100);
        counts[bucket] = (counts[bucket] ?? 0) + 1;
      }
      // 99 degrees of freedom: chance alone exceeds 160 less than once in ten thousand times.
      expect(chiSquare(counts), salt).toBeLessThan(160);
    }
  });

  it('never drop somebody as they grow', () => {
    const percent = fc.double({ min: 0, max: 100, noNaN: true });
    fc.assert(
      fc.property(fc.string(), fc.string({ minLength: 1 }), percent, percent, (salt, unit, one, other) => {
        const inAt = (percentage: number): boolean => new Dice(salt).position(unit) < cutPoint(percentage);
        expect(inAt(Math.min(one, other)) && !inAt(Math.max(one, other))).toBe(false);
      }),
    );
  });

  it('of different flags know nothing of each other', () => {
    for (const other of SALTS.slice(1)) {
      const [mine, theirs] = [insideOf('MY_NEW_FEATURE', 50), insideOf(other, 50)];
      expectAbout(part(mine.map((inside, index) => inside && theirs[index] === true)), 0.25);
    }
    const [mine, theirs] = [insideOf('new_search', 10), insideOf('dark_mode', 10)];
    expectAbout(part(mine.map((inside, index) => inside && theirs[index] === true)), 0.01, 0.003);
  });

  it('give everyone another place under another salt', () => {
    const [before, after] = [insideOf('MY_NEW_FEATURE', 50), insideOf('MY_NEW_FEATURE/2', 50)];
    expectAbout(part(before.map((inside, index) => inside === after[index])), 0.5);
  });
});

describe('splits', () => {
  it.each([
    [{ control: 50, treatment: 50 }],
    [{ control: 50, one_click: 25, wallet: 25 }],
    [{ common: 99, rare: 1 }],
    [{ a: 1, b: 1, c: 1, d: 1, e: 1, f: 1, g: 1 }],
  ])('follow their weights: %j', (weights: Record<string, number>) => {
    const total = Object.values(weights).reduce((sum, weight) => sum + weight);
    for (const salt of SALTS) {
      const all = winners(salt, weights);
      for (const [variant, weight] of Object.entries(weights)) {
        expectAbout(shareOf(variant, all), weight / total);
      }
    }
  });

  it('of different flags know nothing of each other', () => {
    const [one, other] = [winners('ONE', { a: 1, b: 1 }), winners('OTHER', { a: 1, b: 1 })];
    expectAbout(part(one.map((variant, index) => variant === other[index])), 0.5);
  });

  it('do not depend on the scale of the weights, nor on their order', () => {
    const all = winners('S', { a: 3, b: 2, c: 1 });
    expect(winners('S', { a: 30, b: 20, c: 10 })).toEqual(all);
    expect(winners('S', { c: 1, a: 3, b: 2 })).toEqual(all);
  });

  const weights = fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd'), fc.integer({ min: 0, max: 100 }), { minKeys: 1 });

  it('move people one way as a weight changes: only to the variant that grew', () => {
    fc.assert(
      fc.property(
        weights,
        fc.constantFrom('a', 'b', 'c', 'd'),
        fc.integer({ min: 1, max: 100 }),
        (before, grown, by) => {
          const after = { ...before, [grown]: (before[grown] ?? 0) + by };
          const [then, now] = [winners('S', before).slice(0, 50), winners('S', after).slice(0, 50)];
          for (const [index, variant] of now.entries()) expect([then[index], grown]).toContain(variant);
        },
      ),
      { numRuns: 20 },
    );
  });

  it('let a new variant only take: nobody moves between the others', () => {
    const [before, after] = [winners('S', { a: 60, b: 40 }), winners('S', { a: 60, b: 40, c: 25 })];
    const moved = after.filter((variant, index) => variant !== before[index]);
    expect(new Set(moved)).toEqual(new Set(['c']));
    expectAbout(moved.length / PEOPLE, 0.2);
  });
});

it('a 10 % rollout of a 50/50 split is 50/50 inside', () => {
  class Trial extends featureFlag({ name: 'TRIAL', variants: ['A', 'B', 'OFF'] }) {
    pickVariant(context: EvaluationContext) {
      if (!this.percentage(context, 10)) return 'OFF';
      return this.split(context, { A: 50, B: 50 }) ?? 'OFF';
    }
  }
  const reader = aReader({ flags: [new Trial()] });
  const all = ids.map((id) => reader.forUser(id, {}).ffVariant('TRIAL') ?? '');
  const inside = all.filter((variant) => variant !== 'OFF');
  expectAbout(inside.length / PEOPLE, 0.1);
  expectAbout(shareOf('A', inside), 0.5, 0.035);
});
