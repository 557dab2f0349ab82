import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aSubject } from '../a-snapshot.js';
import { aCondition } from './a-condition.js';
import { interpreted } from './interpreter.js';

// Few and short values, so that conditions and attributes meet often.
const word = fc.constantFrom('', 'a', 'b', 'ab', 'aab', 'a*b', 'SE', '10', '2.0.0');
const pattern = fc.constantFrom('*', 'a*', '*b', 'a*b', '*a*', 'a**b', 'S?*', 'a.*');
const number = fc.constantFrom(-1, 0, 1, 1.5, 10, Number.MAX_SAFE_INTEGER);
const scalar = fc.oneof(word, pattern, number, fc.boolean());
const instant = fc.constantFrom('2026-12-01', '2026-12-24T12:00:00Z', '2026-12-24T12:00:00+01:00', '1969-12-31');
const version = fc.constantFrom('0.9.0', '1.10.0', '1.9.9', '2.0.0', '10.0.0');
const words = fc.oneof(word, fc.array(word, { maxLength: 3 }));

const { test } = fc.letrec<{ test: unknown; operators: object }>((tie) => ({
  test: fc.oneof({ maxDepth: 2 }, scalar, fc.array(scalar, { maxLength: 4 }), tie('operators')),
  operators: fc
    .record(
      {
        equals: scalar,
        oneOf: fc.array(scalar, { maxLength: 4 }),
        not: tie('test'),
        gt: number,
        gte: number,
        lt: number,
        lte: number,
        before: instant,
        after: instant,
        startsWith: words,
        endsWith: words,
        contains: words,
        semver: version.map((bound) => `>=${bound}`),
        exists: fc.boolean(),
      },
      { requiredKeys: [] },
    )
    .filter((operators) => Object.keys(operators).length > 0),
}));

const NAMES = ['one', 'two', 'three', 'constructor'];

const { condition } = fc.letrec<{ condition: object; group: object[] }>((tie) => ({
  condition: fc.oneof(
    { maxDepth: 2, withCrossShrink: true },
    fc.dictionary(fc.constantFrom(...NAMES), test, { maxKeys: 3 }),
    fc.record({ all: tie('group'), any: tie('group'), not: tie('condition'), one: test }, { requiredKeys: [] }),
  ),
  group: fc.array(tie('condition'), { minLength: 1, maxLength: 3 }),
}));

const plain = fc.oneof(
  scalar,
  instant,
  version,
  fc.constantFrom<unknown>(
    null,
    undefined,
    Number.NaN,
    Infinity,
    {},
    10n,
    new Date('2026-12-24T12:00:00Z'),
    new Date(Number.NaN),
  ),
);
const attributes = fc.dictionary(
  fc.constantFrom(...NAMES),
  fc.oneof({ weight: 4, arbitrary: plain }, fc.array(plain, { maxLength: 3 })),
);

describe('conditions', () => {
  it('hold, do not hold or cannot be told exactly as a plain reading of their language says', () => {
    fc.assert(
      fc.property(condition, attributes, (when, given) => {
        const compiled = aCondition(when).condition;
        expect(compiled.matches(aSubject(1, given))).toBe(interpreted(when, given));
      }),
      { numRuns: 1000 },
    );
  });

  it('that do not hold always say why, and what they ask', () => {
    fc.assert(
      fc.property(condition, attributes, (when, given) => {
        const compiled = aCondition(when).condition;
        expect(compiled.text).toMatch(/\S/);
        fc.pre(compiled.matches(aSubject(1, given)) !== true);
        expect(compiled.failure(aSubject(1, given))).toMatch(/\S/);
      }),
      { numRuns: 500 },
    );
  });

  it('take no notice of how attributes change afterwards, nor of how definitions do', () => {
    const countries = ['SE'];
    const when = { country: countries };
    const { condition: compiled } = aCondition(when);
    countries.push('NO');
    Object.assign(when, { plan: 'premium' });
    expect(compiled.matches(aSubject(1, { country: 'SE' }))).toBe(true);
    expect(compiled.matches(aSubject(1, { country: 'NO' }))).toBe(false);
  });
});
