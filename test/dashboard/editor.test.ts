import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { definitionFrom } from '../../src/dashboard/editing/definition-from.js';
import { draftOf } from '../../src/dashboard/editing/draft-of.js';
import { fieldsIn } from '../../src/dashboard/editing/fields.js';
import { yamlOf } from '../../src/dashboard/editing/yaml-definition.js';
import { parseFlag } from '../../src/evaluation/definition/parse.js';
import type { FlagInput } from '../../src/evaluation/definition/schema.js';
import { Place } from '../../src/evaluation/place.js';

/** Text as it is found in the wild, and such as must survive a form all the same. */
const word = fc.oneof(
  fc.constantFrom('on', 'off', 'true', '42', '042', '1e3', '[]', '""', '"', ' spaced ', 'a*b', '-', '\u2028', '</b>'),
  fc.string({ minLength: 1, maxLength: 12 }),
  fc.string({ unit: 'binary', minLength: 1, maxLength: 6 }),
);
const key = word.filter((name) => name !== '__proto__');
const number = fc
  .oneof(fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }))
  .map((n) => (n === 0 ? 0 : n));
const percent = fc.double({ min: 0, max: 100, noNaN: true }).map((n) => (n === 0 ? 0 : n));
const scalar = fc.oneof(word, number, fc.boolean(), fc.constant(''));
const id = fc.oneof(word, fc.integer());
const instant = fc.constantFrom('2026-12-01', '2026-12-01T09:00', '2026-12-01T09:00:00+01:00');
const zone = fc.constantFrom('UTC', 'Europe/Stockholm');
const texts = fc.oneof(word, fc.array(word, { maxLength: 3 }));

const operators = {
  equals: scalar,
  oneOf: fc.array(scalar, { maxLength: 3 }),
  gt: number,
  lte: number,
  before: instant,
  after: instant,
  startsWith: texts,
  contains: texts,
  semver: word,
  exists: fc.boolean(),
};
const some = <T>(model: { [K in keyof T]: fc.Arbitrary<T[K]> }) => fc.record(model, { requiredKeys: [] });
const { test } = fc.letrec((tie) => ({
  test: fc.oneof({ maxDepth: 2 }, scalar, fc.array(scalar, { maxLength: 3 }), tie('operators')),
  operators: some({ ...operators, not: tie('test') }),
}));
const flagVariants = fc.dictionary(key, fc.oneof(word, fc.boolean(), fc.array(word, { minLength: 1, maxLength: 2 })), {
  maxKeys: 3,
});
const words = new Set(['all', 'any', 'not', 'segment', 'flag']);
const attributes = fc.dictionary(
  key.filter((name) => !words.has(name)),
  test,
  { maxKeys: 2 },
);
const { condition } = fc.letrec<{ condition: object }>((tie) => ({
  condition: fc
    .tuple(
      attributes,
      fc.oneof(
        { maxDepth: 5 },
        fc.constant({}),
        some({
          segment: fc.oneof(word, fc.array(word, { minLength: 1, maxLength: 2 })),
          flag: flagVariants,
          all: fc.array(tie('condition'), { minLength: 1, maxLength: 3 }),
          any: fc.array(tie('condition'), { minLength: 1, maxLength: 3 }),
          not: tie('condition'),
        }),
      ),
    )
    .map(([tests, groups]) => ({ ...tests, ...groups })),
}));
const step = <T>(from: fc.Arbitrary<T>) => fc.array(fc.tuple(from, percent), { minLength: 1, maxLength: 3 });
const optional = { variant: word, timeZone: zone };
const serve = fc.oneof(
  word,
  fc.record({ percentage: percent, variant: word }, { requiredKeys: ['percentage'] }),
  fc
    .dictionary(key, fc.integer({ min: 0, max: 100 }), { minKeys: 1, maxKeys: 3 })
    .map((weights) => ({ split: { ...weights, last: 1 } })),
  fc
    .record({ ...optional, start: instant, days: step(fc.nat()) }, { requiredKeys: ['start', 'days'] })
    .map((ramp) => ({ ramp })),
  fc.record({ ...optional, at: step(instant) }, { requiredKeys: ['at'] }).map((ramp) => ({ ramp })),
  fc.record({ ...optional, from: instant, until: instant }, { requiredKeys: ['from'] }),
);
const definition: fc.Arbitrary<FlagInput> = fc.oneof(
  fc.boolean(),
  percent,
  fc.array(id, { maxLength: 4 }),
  some({
    description: fc.oneof(word, fc.constantFrom('', 'Two\nlines\n', '\ttab', 'a\rb')),
    kind: fc.constantFrom('release', 'experiment', 'ops', 'permission'),
    owner: word,
    expires: instant,
    tags: fc.array(word, { maxLength: 3 }),
    variants: fc.oneof(fc.uniqueArray(word, { maxLength: 3 }), fc.dictionary(key, fc.jsonValue(), { maxKeys: 3 })),
    off: word,
    enabled: fc.boolean(),
    killed: fc.boolean(),
    clientSide: fc.boolean(),
    overridable: fc.boolean(),
    overrides: fc.dictionary(key, fc.array(id, { maxLength: 3 }), { maxKeys: 3 }),
    prerequisites: flagVariants,
    rules: fc.array(fc.record({ name: word, when: condition, serve }, { requiredKeys: ['when'] }), { maxLength: 3 }),
    serve: fc.option(serve),
    bucketBy: word,
    salt: fc.oneof(word, fc.constant('')),
  }),
) as fc.Arbitrary<FlagInput>;

/** As a browser sends it: in fields, whose lines end in two characters. */
function sent(fields: readonly (readonly [string, string])[]): URLSearchParams {
  const form = new URLSearchParams({ flag: 'a flag' });
  for (const [name, text] of fields) form.set(name, text.replace(/\r\n?|\n/g, '\r\n'));
  return new URLSearchParams(form.toString());
}

const asJson = (value: FlagInput): FlagInput => JSON.parse(JSON.stringify(value));

describe('the editor', () => {
  it('gives back exactly what it was given, for whatever it can show', () => {
    let shown = 0;
    fc.assert(
      fc.property(definition, (given) => {
        const input = asJson(given);
        try {
          parseFlag(input, new Place('Flag', 'a flag'));
        } catch {
          return;
        }
        const draft = draftOf(input);
        if (typeof draft === 'string') return;
        shown += 1;
        const read = definitionFrom(sent(fieldsIn(draft)));
        expect(read).toEqual({ definition: input });
        if ('definition' in read) expect(Object.keys(read.definition)).toEqual(Object.keys(input));
      }),
      { numRuns: 2_000 },
    );
    expect(shown).toBeGreaterThan(1_000);
  });

  it('gives back exactly what it was given, as text', () => {
    fc.assert(
      fc.property(definition, (given) => {
        const input = asJson(given);
        try {
          parseFlag(input, new Place('Flag', 'a flag'));
        } catch {
          return;
        }
        expect(definitionFrom(sent([['yaml', yamlOf(input)]]))).toEqual({ definition: input });
      }),
      { numRuns: 1_000 },
    );
  });
});
