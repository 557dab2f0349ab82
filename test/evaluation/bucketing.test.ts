import { type EvaluationContext, FeatureFlagConfig, type UserId } from 'express-gatekeeper';
import { describe, expect, it } from 'vitest';
import { cutPoint, Dice } from '../../src/evaluation/bucketing.js';
import { fmix32, murmur3 } from '../../src/evaluation/hash.js';
import { readVectors } from '../vectors/vectors.js';
import { aReader } from './a-reader.js';

interface Position {
  readonly salt: string;
  readonly unit: UserId;
  readonly position: number;
}

interface Rollout {
  readonly salt: string;
  readonly percentage: number;
  readonly in: string;
}

interface Winners {
  readonly salt: string;
  readonly shares: readonly { readonly variant: string; readonly weight: number; readonly units: string }[];
}

interface Draw {
  readonly salt: string;
  readonly variant: string;
  readonly unit: string;
  readonly draw: number;
}

const HIGHEST = 2 ** 32 - 1;
const { positions, rollouts } = readVectors<{ positions: Position[]; rollouts: Rollout[] }>('percentages');
const { splits } = readVectors<{ splits: Winners[] }>('splits');
const extremes = readVectors<{ positions: Position[]; draws: Draw[] }>('extremes');

/** What a flag with this salt serves to this user. */
function served(salt: string, userId: UserId, serve: object, variants = ['in', 'out']): unknown {
  return aReader({ definitions: { FLAG: { salt, serve, variants } }, userId }).ffVariant('FLAG');
}

/** A flag whose code takes in a percentage. */
class RolloutInCode extends FeatureFlagConfig {
  readonly flagName = 'ROLLOUT';
  readonly variants = ['in', 'out'];

  constructor(
    override readonly salt: string,
    readonly percent: number,
  ) {
    super();
  }

  pickVariant(context: EvaluationContext): string {
    return this.percentage(context, this.percent) ? 'in' : 'out';
  }
}

/** The units in a vector, which lists them with commas. */
function listed(units: string): readonly string[] {
  return units === '' ? [] : units.split(', ');
}

/** The percentage that is cut right there. */
function percentageAt(cut: number): number {
  return (cut / 2 ** 32) * 100;
}

const pinnedPositions = [...positions, ...extremes.positions];

describe.each([...new Set(pinnedPositions.map(({ salt }) => salt))])('under %s', (ofSalt) => {
  const pinned = pinnedPositions.filter(({ salt }) => salt === ofSalt);

  it('every unit has its position for ever', () => {
    const dice = new Dice(ofSalt);
    expect(pinned.map(({ unit }) => dice.position(String(unit)))).toEqual(pinned.map(({ position }) => position));
  });

  it('every unit is taken in by the first percentage beyond its position', () => {
    for (const { unit, position } of pinned) {
      expect(served(ofSalt, unit, { percentage: percentageAt(position) }), String(unit)).toBe('out');
      expect(served(ofSalt, unit, { percentage: percentageAt(position + 1) }), String(unit)).toBe('in');
    }
  });

  it('every unit is taken in there by a ramp too', () => {
    const rampAt = (percentage: number) => ({ ramp: { at: [['2020-01-01', percentage]] } });
    for (const { unit, position } of pinned) {
      expect(served(ofSalt, unit, rampAt(percentageAt(position))), String(unit)).toBe('out');
      expect(served(ofSalt, unit, rampAt(percentageAt(position + 1))), String(unit)).toBe('in');
    }
  });

  it('every unit is taken in there by code too', () => {
    for (const { unit, position } of pinned) {
      const at = (cut: number): unknown =>
        aReader({ flags: [new RolloutInCode(ofSalt, percentageAt(cut))], userId: unit }).ffVariant('ROLLOUT');
      expect([at(position), at(position + 1)], String(unit)).toEqual(['out', 'in']);
    }
  });
});

describe('a percentage', () => {
  it.each(rollouts)(
    'of $percentage under $salt takes in the same users for ever',
    ({ salt, percentage, in: users }) => {
      const everyone = Array.from({ length: 100 }, (_, index) => index + 1);
      expect(everyone.filter((id) => served(salt, id, { percentage }) === 'in').join(', ')).toBe(users);
    },
  );

  it.each([
    [0, 0],
    [1e-11, 0],
    [0.001, 42_950],
    [12.5, 2 ** 29],
    [20, 858_993_459],
    [50, 2 ** 31],
    [99.999, 4_294_924_346],
    [100, 2 ** 32],
  ])('of %d is cut at %i', (percentage, cut) => {
    expect(cutPoint(percentage)).toBe(cut);
  });

  it.each(extremes.positions.filter(({ position }) => position === 0))(
    'above 0 takes in the lowest position: $salt',
    (lowest) => {
      expect(served(lowest.salt, lowest.unit, { percentage: 0.000_001 })).toBe('in');
      expect(served(lowest.salt, lowest.unit, { percentage: 0 })).toBe('out');
    },
  );

  it.each(extremes.positions.filter(({ position }) => position === HIGHEST))(
    'below 100 leaves out the highest position: $salt',
    (highest) => {
      expect(served(highest.salt, highest.unit, { percentage: 99.999_999 })).toBe('out');
      expect(served(highest.salt, highest.unit, { percentage: 100 })).toBe('in');
    },
  );
});

describe('a split', () => {
  it.each(splits)('under $salt gives the same users the same variants for ever', ({ salt, shares }) => {
    const dice = new Dice(salt);
    const parts = shares.map(({ variant, weight }) => dice.share(variant, weight));
    for (const { variant, units } of shares) {
      for (const unit of listed(units)) expect(dice.winner(parts, unit)?.variant, unit).toBe(variant);
    }
  });

  const writable = splits.filter(({ shares }) => shares.every(({ variant }) => variant !== '__proto__'));

  it.each(writable)('under $salt gives them to users of a flag that says so', ({ salt, shares }) => {
    const split = Object.fromEntries(shares.map(({ variant, weight }) => [variant, weight]));
    const variants = shares.map(({ variant }) => variant);
    for (const { variant, units } of shares) {
      for (const unit of listed(units)) expect(served(salt, unit, { split }, variants), unit).toBe(variant);
    }
  });

  it.each(extremes.draws)(
    'has a winner at the ends of the line: $unit draws $draw for $variant',
    ({ salt, variant, unit, draw }) => {
      const dice = new Dice(salt);
      expect(fmix32(dice.position(unit) ^ murmur3(`${salt}\0${variant}`))).toBe(draw);
      const [it, rival] = [dice.share(variant, 1), dice.share('rival', draw === 0 ? 1 : 1000)];
      expect(dice.winner([it], unit)).toBe(it);
      expect(dice.winner([it, rival], unit)).toBe(draw === 0 ? rival : it);
      expect(dice.winner([rival, it], unit)).toBe(draw === 0 ? rival : it);
    },
  );

  it('gives nothing to a weight of 0, and has no winner without a weight above 0', () => {
    const dice = new Dice('S');
    const [none, some] = [dice.share('none', 0), dice.share('some', 0.000_001)];
    for (let id = 0; id < 100; id += 1) expect(dice.winner([none, some], String(id))).toBe(some);
    expect(dice.winner([none], '1')).toBeUndefined();
    expect(dice.winner([], '1')).toBeUndefined();
    expect(dice.winner([dice.share('odd', Number.NaN), dice.share('less', -1)], '1')).toBeUndefined();
  });
});
