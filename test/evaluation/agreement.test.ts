import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FlagReader } from '../../src/evaluation/flag-reader.js';
import type { Snapshot } from '../../src/evaluation/snapshot.js';
import { Subject } from '../../src/evaluation/subject.js';
import { aFlag } from './a-flag.js';
import { aSnapshot, aSource } from './a-snapshot.js';

const VARIANTS = ['a', 'b', 'off'];

const variant = fc.constantFrom(...VARIANTS);
const serve = fc.oneof(
  variant,
  fc.constantFrom(0, 0.001, 50, 100).chain((percentage) => variant.map((each) => ({ percentage, variant: each }))),
  fc.record({ split: fc.record({ a: fc.nat(3), b: fc.nat(3), off: fc.constant(1) }) }),
  fc.constantFrom(
    { until: '2026-06-01', variant: 'a' },
    { from: '2026-06-01', variant: 'b' },
    {
      ramp: {
        variant: 'b',
        start: '2026-01-01',
        days: [
          [0, 30],
          [200, 100],
        ],
      },
    },
  ),
);
const user = fc.constantFrom<number | undefined>(1, 2, 3, undefined);
const when = fc.oneof(
  fc.record({ userId: fc.array(fc.constantFrom(1, 2, 3), { maxLength: 2 }) }),
  fc.record({ plan: fc.constantFrom('premium', 'basic') }),
  fc.constantFrom({ flag: { GATE: 'on' } }, { not: { plan: 'premium' } }, {}),
);

/** Anything that can be said about a flag; the values of `variants` are left to code or data. */
const definition = fc.record(
  {
    killed: fc.boolean(),
    enabled: fc.boolean(),
    overridable: fc.boolean(),
    kind: fc.constantFrom('release', 'permission'),
    overrides: fc.record({ a: fc.constantFrom([], [1]), off: fc.constantFrom([], [2]) }, { requiredKeys: [] }),
    prerequisites: fc.constantFrom({}, { GATE: 'on' }, { GATE: ['on', 'off'] }),
    rules: fc.array(fc.record({ when, serve }, { requiredKeys: ['when'] }), { maxLength: 3 }),
    serve: fc.oneof(serve, fc.constant(null)),
  },
  { requiredKeys: [] },
);

class Browser extends Subject {
  constructor(
    snapshot: Snapshot,
    userId: number | undefined,
    attributes: Record<string, unknown>,
    readonly override: string | undefined,
  ) {
    super(
      aSource(snapshot, () => Date.UTC(2026, 4, 1)),
      userId,
      attributes,
    );
  }

  override browserOverride(): string | undefined {
    return this.override;
  }

  protected override get mayBeOverridden(): boolean {
    return this.override !== undefined;
  }
}

const situation = fc.record({
  definition,
  isCode: fc.boolean(),
  userId: user,
  plan: fc.constantFrom('premium', 'basic', undefined),
  override: fc.constantFrom('a', 'off', 'unknown', undefined),
});

function readerIn(given: typeof situation extends fc.Arbitrary<infer Given> ? Given : never): FlagReader {
  const configs = given.isCode ? [aFlag({ flagName: 'FLAG', variants: VARIANTS, pickVariant: () => 'b' })] : [];
  const FLAG = given.isCode ? given.definition : { ...given.definition, variants: VARIANTS };
  const snapshot = aSnapshot({ configs, flags: { FLAG, GATE: [1] } });
  return new FlagReader(new Browser(snapshot, given.userId, { plan: given.plan }, given.override));
}

describe('every way to ask for a flag', () => {
  it('gets the same answer, whatever is said about the flag and whoever asks', () => {
    fc.assert(
      fc.property(situation, (given) => {
        const { steps, text, ...explained } = readerIn(given).explain('FLAG');
        const reader = readerIn(given);
        expect(reader.details('FLAG')).toEqual(explained);
        expect(reader.ffVariant('FLAG')).toBe(explained.variant);
        expect(reader.all()['FLAG']).toBe(explained.variant);
        expect(reader.isEnabled('FLAG')).toBe(explained.variant !== 'off');
        expect(VARIANTS).toContain(explained.variant);
        expect(steps.filter(({ decided }) => decided)).toHaveLength(1);
        expect(steps.at(-1)).toMatchObject({ decided: true, text });
      }),
      { numRuns: 1000 },
    );
  });

  it('keeps a killed flag off, whatever else is said about it', () => {
    fc.assert(
      fc.property(situation, (given) => {
        const reader = readerIn({ ...given, definition: { ...given.definition, killed: true } });
        expect(reader.details('FLAG')).toMatchObject({ variant: 'off', reason: 'DISABLED' });
      }),
      { numRuns: 200 },
    );
  });
});
