import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { acceptorOf } from '../../../src/evaluation/definition/acceptor.js';
import { condition } from '../../../src/evaluation/definition/condition-schema.js';
import { NESTING } from '../../../src/evaluation/definition/limits.js';
import { flagDefinition, segmentDefinition } from '../../../src/evaluation/definition/schema.js';
import { AROUND, MISSHAPEN, SAMPLES } from './samples.js';

const isMap = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const good = Object.values(SAMPLES).filter((sample) => isMap(sample) && acceptorOf(flagDefinition)(sample));

/** Whatever may stand in the wrong place. */
const stray = fc.oneof(
  fc.constantFrom(null, undefined, true, '', 'on', 'x'.repeat(201), '2026-02-30', 'Mars/Olympus', '😀'.repeat(60)),
  fc.constantFrom(0, -1, 101, 0.5, 2 ** 53, Number.NaN, Number.POSITIVE_INFINITY),
  fc.constantFrom([], {}, [''], [null], [1, 'a'], { percentage: 20 }, { split: { on: 0 } }, { gte: 18 }, { all: [] }),
  fc.jsonValue(),
  ...[SAMPLES, AROUND.segments].map((samples) => fc.constantFrom(...Object.values(samples))),
  fc.constantFrom(...MISSHAPEN),
);

const name = fc.oneof(
  fc.constantFrom(...Object.keys(flagDefinition.shape), 'when', 'all', 'not', 'gt', 'split', 'days', 'toString'),
  fc.string({ maxLength: 3 }),
);

/** Something good in which one part, however deep, was exchanged, added or taken away. */
const mutated = fc
  .record({
    sample: fc.constantFrom(...good),
    steps: fc.array(fc.nat(), { maxLength: 8 }),
    name,
    stray,
    drop: fc.boolean(),
  })
  .map(({ sample, steps, name: added, stray: other, drop }) => {
    const copy: unknown = structuredClone(sample);
    let at: unknown = copy;
    for (const step of steps) {
      if (typeof at !== 'object' || at === null) break;
      const keys = Object.keys(at);
      const key = keys[step % (keys.length + 1)] ?? added;
      const inner: unknown = Reflect.get(at, key);
      if (typeof inner === 'object' && inner !== null && step % 3 > 0) at = inner;
      else if (drop) Reflect.deleteProperty(at, key);
      else Reflect.set(at, key, structuredClone(other));
    }
    return copy;
  });

describe('what takes good values at once', () => {
  it.each([
    ['flags', flagDefinition],
    ['segments', segmentDefinition],
    ['conditions', condition],
  ] as const)('agrees with the schema of %s about whatever is written', (_what, schema) => {
    fc.assert(
      fc.property(
        fc.oneof(
          mutated,
          stray,
          mutated.map((value) => Object.values(value as object)),
          fc.dictionary(name, stray),
        ),
        (value) => {
          // Text beyond the basic plane it may leave to the schema to count; a key named __proto__ it must not overlook.
          if (/😀|"__proto__":/.test(JSON.stringify(value) ?? '') && !acceptorOf(schema)(value)) return;
          expect(acceptorOf(schema)(value)).toBe(schema.safeParse(value).success);
        },
      ),
      { numRuns: 3_000 },
    );
  });

  it('takes every sample in our own language, without asking the schema', () => {
    expect(good.length).toBeGreaterThan(10);
  });

  it('takes none that is wrong', () => {
    for (const wrong of MISSHAPEN) expect(acceptorOf(flagDefinition)(wrong), JSON.stringify(wrong)).toBe(false);
  });

  it('leaves to others what is nested too deep, has a key named __proto__, or is no plain data', () => {
    const nested = (depth: number): unknown => (depth === 0 ? { plan: 'x' } : { not: nested(depth - 1) });
    expect(acceptorOf(condition)(nested(NESTING))).toBe(true);
    expect(acceptorOf(condition)(nested(NESTING + 1))).toBe(false);
    expect(acceptorOf(condition)(JSON.parse('{ "__proto__": "x" }'))).toBe(false);
    expect(acceptorOf(flagDefinition)(JSON.parse('{ "overrides": { "__proto__": [] } }'))).toBe(false);
    expect(acceptorOf(condition)(Object.create({ plan: 'x' }))).toBe(false);
  });

  it.each([
    ['a format', z.email(), 'ada@shop.example', 'ada'],
    ['an integer', z.int(), 1, 1.5],
    ['a check of its own', z.string().startsWith('x'), 'x1', '1'],
    ['a literal', z.literal('x'), 'x', 'y'],
    ['a rest', z.tuple([z.string()], z.number()), undefined, ['x', 'y']],
    ['unknown keys', z.object({}), undefined, 1],
    ['something made of something else', z.coerce.number(), 1, 'x'],
    ['a default', z.string().default('x'), 'y', undefined],
  ])('asks the schema itself where it has %s', (_what, schema, taken, wrong) => {
    if (taken !== undefined) expect(acceptorOf(schema)(taken)).toBe(true);
    expect(acceptorOf(schema)(wrong)).toBe(false);
  });
});
