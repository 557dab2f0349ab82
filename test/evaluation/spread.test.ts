import { type EvaluationContext, featureFlag } from 'express-gatekeeper';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cutPoint, Dice } from '../../src/evaluation/bucketing.js';
import { aReader } from './a-reader.js';
import { emails, flagNames, sequential, uuids } from './many-ids.js';

// Everything here is decided by fixed ids and salts, so that a test that passes once passes always.
const kinds = { sequential, uuids, emails };
const people = sequential.slice(0, 20_000);
const SALTS = ['MY_NEW_FEATURE', 'checkout/express-pay', 'a', 'größe'];

/** How far a hundred counts are from being equal; around 99 when only chance is at work. */
function chiSquare(counts: readonly number[]): number {
  const expected = counts.reduce((sum, count) => sum + count, 0) / counts.length;
  return counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
}

function winners(salt: string, weights: Readonly<Record<string, number>>): readonly string[] {
  const dice = new Dice(salt);
  const shares = Object.entries(weights).map(([variant, weight]) => dice.share(variant, weight));
  return people.map((id) => dice.winner(shares, id)?.variant ?? 'nobody');
}

function shareOf(variant: string, all: readonly string[]): number {
  return all.filter((one) => one === variant).length / all.length;
}

/** For each id 1 when it is in. */
function insideOf(salt: string, percentage: number, ids: readonly string[]): Uint8Array {
  const dice = new Dice(salt);
  const cut = cutPoint(percentage);
  return Uint8Array.from(ids, (id) => (dice.position(id) < cut ? 1 : 0));
}

/** How much one decision says about another: 0 nothing, 1 everything (Pearson's φ). */
function phi(one: Uint8Array, other: Uint8Array): number {
  let [both, ones, others] = [0, 0, 0];
  for (let index = 0; index < one.length; index += 1) {
    const [a, b] = [one[index] ?? 0, other[index] ?? 0];
    both += a & b;
    ones += a;
    others += b;
  }
  const count = one.length;
  return (count * both - ones * others) / Math.sqrt(ones * others * (count - ones) * (count - others));
}

/** Chance alone moves a share of so many people by less than this. */
function expectAbout(share: number, expected: number, within = 0.015): void {
  expect(Math.abs(share - expected), `${share} instead of ${expected}`).toBeLessThan(within);
}

describe('percentages', () => {
  it.each(Object.keys(kinds) as (keyof typeof kinds)[])(
    'spread 100,000 %s ids evenly over the line, under every name',
    (kind) => {
      for (const name of flagNames) {
        const dice = new Dice(name);
        const counts = Array<number>(100).fill(0);
        for (const id of kinds[kind]) {
          const bucket = Math.floor((dice.position(id) / 2 ** 32) * 100);
          counts[bucket] = (counts[bucket] ?? 0) + 1;
        }
        // 99 degrees of freedom: chance alone exceeds 170 once in a hundred thousand times.
        expect(chiSquare(counts), name).toBeLessThan(170);
      }
    },
  );

  it('of 0 take in nobody and of 100 everybody', () => {
    const definitions = { NOBODY: 0, EVERYBODY: 100 };
    const reader = aReader({ definitions });
    for (const id of sequential.slice(0, 1000)) {
      expect({ ...reader.forUser(id, {}).all() }).toEqual({ NOBODY: 'off', EVERYBODY: 'on' });
    }
    expect(insideOf('S', 0, sequential).includes(1)).toBe(false);
    expect(insideOf('S', 100, sequential).includes(0)).toBe(false);
  });

  it('only ever add people as they grow, from 0 to 100 in steps of a tenth', () => {
    const steps = Array.from({ length: 1001 }, (_, tenths) => tenths / 10);
    const definitions = Object.fromEntries(
      steps.map((percentage) => [percentage, { salt: 'S', serve: { percentage } }]),
    );
    const reader = aReader({ definitions });
    const counts = steps.map(() => 0);
    for (const id of people.slice(0, 300)) {
      const all = reader.forUser(id, {}).all();
      const first = steps.findIndex((step) => all[step] === 'on');
      const inside = steps.map((step) => all[step] === 'on');
      expect(inside.lastIndexOf(false), id).toBe(first - 1);
      for (const [index, isIn] of inside.entries()) counts[index] = (counts[index] ?? 0) + Number(isIn);
    }
    expect([counts[0], counts[1000]]).toEqual([0, 300]);
  });

  it('never drop somebody as they grow, however little', () => {
    const percent = fc.double({ min: 0, max: 100, noNaN: true });
    fc.assert(
      fc.property(fc.string(), fc.string({ minLength: 1 }), percent, percent, (salt, unit, one, other) => {
        const inAt = (percentage: number): boolean => new Dice(salt).position(unit) < cutPoint(percentage);
        expect(inAt(Math.min(one, other)) && !inAt(Math.max(one, other))).toBe(false);
      }),
    );
  });

  it('of 0.001 take in about one of a hundred thousand, and 99.999 leave out as many', () => {
    const ends = { lowest: 0, highest: 0 };
    for (const name of flagNames) {
      const dice = new Dice(name);
      for (const id of sequential) {
        const position = dice.position(id);
        if (position < cutPoint(0.001)) ends.lowest += 1;
        if (position >= cutPoint(99.999)) ends.highest += 1;
      }
    }
    for (const count of Object.values(ends)) {
      expect(count).toBeGreaterThan(5);
      expect(count).toBeLessThan(50);
    }
  });

  it('of different flags know nothing of each other', () => {
    const halves = flagNames.map((name) => insideOf(name, 50, sequential));
    for (const [index, one] of halves.entries()) {
      for (const [other, two] of halves.entries()) {
        if (other > index)
          expect(Math.abs(phi(one, two)), `${flagNames[index]} ${flagNames[other]}`).toBeLessThan(0.015);
      }
    }
  });

  it('of little know nothing of each other either', () => {
    const [mine, theirs] = [insideOf('new_search', 10, people), insideOf('dark_mode', 10, people)];
    expectAbout(mine.filter((inside, index) => inside & (theirs[index] ?? 0)).length / people.length, 0.01, 0.003);
  });

  it('give everyone another place under another salt', () => {
    const [before, after] = [insideOf('MY_NEW_FEATURE', 50, people), insideOf('MY_NEW_FEATURE/2', 50, people)];
    expectAbout(before.filter((inside, index) => inside === after[index]).length / people.length, 0.5);
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
      for (const [variant, weight] of Object.entries(weights)) expectAbout(shareOf(variant, all), weight / total);
    }
  });

  it('of different flags know nothing of each other', () => {
    const [one, other] = [winners('ONE', { a: 1, b: 1 }), winners('OTHER', { a: 1, b: 1 })];
    expectAbout(one.filter((variant, index) => variant === other[index]).length / people.length, 0.5);
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
      { numRuns: 10 },
    );
  });

  it('of 50/50 that become 60/40 move about 10 %, all one way', () => {
    for (const salt of SALTS) {
      const [before, after] = [winners(salt, { a: 50, b: 50 }), winners(salt, { a: 60, b: 40 })];
      const moved = after.filter((variant, index) => variant !== before[index]);
      expect(new Set(moved), salt).toEqual(new Set(['a']));
      expectAbout(moved.length / people.length, 0.1, 0.01);
    }
  });

  it('let a new variant only take: nobody moves between the others', () => {
    const [before, after] = [winners('S', { a: 60, b: 40 }), winners('S', { a: 60, b: 40, c: 25 })];
    const moved = after.filter((variant, index) => variant !== before[index]);
    expect(new Set(moved)).toEqual(new Set(['c']));
    expectAbout(moved.length / people.length, 0.2);
  });

  it('let a variant whose weight is raised only take', () => {
    const [before, after] = [winners('S', { a: 50, b: 25, c: 25 }), winners('S', { a: 50, b: 25, c: 50 })];
    const moved = after.filter((variant, index) => variant !== before[index]);
    expect(new Set(moved)).toEqual(new Set(['c']));
    expectAbout(moved.length / people.length, 0.15);
  });
});

describe('a 10 % rollout of a 50/50 split is 50/50 inside', () => {
  it('for any salt', () => {
    for (const salt of SALTS) {
      const inside = insideOf(salt, 10, people);
      const split = winners(salt, { a: 50, b: 50 });
      const got = split.filter((_, index) => inside[index] === 1);
      expectAbout(got.length / people.length, 0.1, 0.01);
      expectAbout(shareOf('a', got), 0.5, 0.04);
    }
  });

  it('when a class does both', () => {
    class Trial extends featureFlag({ name: 'TRIAL', variants: ['A', 'B', 'OFF'] }) {
      pickVariant(context: EvaluationContext) {
        if (!this.percentage(context, 10)) return 'OFF';
        return this.split(context, { A: 50, B: 50 }) ?? 'OFF';
      }
    }
    const reader = aReader({ flags: [new Trial()] });
    const all = people.map((id) => reader.forUser(id, {}).ffVariant('TRIAL') ?? '');
    const inside = all.filter((variant) => variant !== 'OFF');
    expectAbout(inside.length / people.length, 0.1);
    expectAbout(shareOf('A', inside), 0.5, 0.035);
  });
});
