import { memoryStore } from 'express-gatekeeper/stores/memory';
import fc from 'fast-check';
import type { Page } from 'playwright-core';
import { describe, expect, it, onTestFinished } from 'vitest';
import { definitionFrom } from '../../src/dashboard/editing/definition-from.js';
import { draftOf } from '../../src/dashboard/editing/draft-of.js';
import { fieldsIn } from '../../src/dashboard/editing/fields.js';
import { yamlOf } from '../../src/dashboard/editing/yaml-definition.js';
import { parseFlag } from '../../src/evaluation/definition/parse.js';
import type { FlagInput } from '../../src/evaluation/definition/schema.js';
import { Place } from '../../src/evaluation/place.js';
import { describeInChromium } from '../engines/chromium.js';
import { anApp, start } from './an-app.js';

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
  it('gives back exactly what it was given, for whatever it can show', { timeout: 60_000 }, () => {
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
      { numRuns: 400 },
    );
    expect(shown).toBeGreaterThan(200);
  });

  it('gives back exactly what it was given, as text', { timeout: 60_000 }, () => {
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
      { numRuns: 200 },
    );
  });
});

/** Definitions that use everything that the form has, with text that a careless page would change. */
const SHOWN: Readonly<Record<string, FlagInput>> = {
  full: {
    description: '\n Two\nlines "quoted"',
    kind: 'experiment',
    owner: ' a </textarea><b> ',
    expires: '2027-03-31',
    tags: ['a', '42'],
    variants: { control: 'x', one_click: 'true', wallet: 'y\nz' },
    off: 'control',
    enabled: true,
    clientSide: false,
    overridable: true,
    overrides: { wallet: [42, '42', 'a\tb'], one_click: [] },
    prerequisites: { other: true, third: ['on', 'off'] },
    rules: [
      { name: 'staff', when: { email: '*@company.com', age: { gte: 18, lt: 65 } }, serve: 'wallet' },
      {
        when: {
          any: [
            { country: ['SE', '42', 7] },
            { all: [{ a: true }, { not: { b: { exists: false } } }] },
            { segment: 'beta' },
          ],
        },
        serve: { split: { wallet: 1, control: 2.5 } },
      },
      {
        when: { flag: { other: 'on', third: ['off'] }, deep: { not: { not: 'x' } } },
        serve: { percentage: 0.001, variant: 'wallet' },
      },
      { when: {}, serve: { from: '2026-12-01', timeZone: 'Europe/Stockholm', variant: 'wallet' } },
      {
        when: { version: { not: { semver: '>=2' } } },
        serve: { ramp: { at: [['2026-12-01T09:00', 5]], timeZone: 'UTC' } },
      },
    ],
    serve: {
      ramp: {
        variant: 'wallet',
        start: '2026-12-01',
        days: [
          [0, 1],
          [1.25, 100],
        ],
      },
    },
    bucketBy: 'company.id',
    salt: '',
  },
  MY_NEW_FEATURE: { serve: null, rules: [], enabled: false },
  other: true,
  third: 12.5,
  users: [7, '7', '[]'],
  empty: {},
};

const PATIENCE = { timeout: 30_000 };

describeInChromium('the editor in a browser', (browser) => {
  async function open(path: string, javaScriptEnabled = true): Promise<Page> {
    const store = memoryStore();
    await store.apply('default', { flags: SHOWN, segments: { beta: [1] } }, { by: 'bob' });
    const context = await browser().newContext({
      baseURL: await start(anApp({ gatekeeper: { store } })),
      javaScriptEnabled,
    });
    const page = await context.newPage();
    const errors: string[] = [];
    page.on('console', (message) => void (message.type() === 'error' && errors.push(message.text())));
    page.on('pageerror', (error) => void errors.push(error.message));
    onTestFinished(async () => {
      await context.close();
      expect(errors).toEqual([]);
    });
    expect((await page.goto(`/gatekeeper${path}`))?.status()).toBe(200);
    return page;
  }

  /** What the form would send now. */
  async function sentBy(page: Page): Promise<URLSearchParams> {
    const entries = await page.locator('#editor').evaluate((form) => {
      const data: unknown = new FormData(form as HTMLFormElement);
      return [...(data as Iterable<[name: string, value: string]>)];
    });
    return new URLSearchParams(entries.map(([name, value]) => [name, value.replace(/\r\n?|\n/g, '\r\n')]));
  }

  it.each(Object.keys(SHOWN))(
    'sends the definition of %s as it was, when nothing is changed',
    PATIENCE,
    async (name) => {
      const page = await open(`/flag?name=${name}`);
      expect(definitionFrom(await sentBy(page))).toEqual({ definition: SHOWN[name] });
      await page.getByRole('button', { name: 'YAML', exact: true }).click();
      await page.locator('textarea[name="yaml"]').waitFor();
      expect(definitionFrom(await sentBy(page))).toEqual({ definition: SHOWN[name] });
      await page.getByRole('button', { name: 'Form', exact: true }).click();
      await page.locator('input[name="shape"]').waitFor({ state: 'attached' });
      expect(definitionFrom(await sentBy(page))).toEqual({ definition: name === 'empty' ? {} : SHOWN[name] });
    },
  );

  it.each([true, false])('puts a rule together by its buttons (with a script: %s)', PATIENCE, async (script) => {
    const page = await open('/flag?name=empty', script);
    await page.getByRole('button', { name: 'Add a rule' }).click();
    await page.getByLabel('Name of rule 1').fill('Nordic');
    await page.getByRole('button', { name: '+ Attribute' }).click();
    await page.getByRole('combobox', { name: 'Attribute' }).fill('country');
    await page.getByRole('combobox', { name: 'How it is tested' }).selectOption('isOneOf');
    if (!script) await page.getByRole('button', { name: 'Update the form' }).click();
    await page.getByRole('textbox', { name: 'Values, one per line' }).fill('SE\nNO');
    await page.getByRole('radio', { name: 'Percentage' }).first().check();
    if (script) {
      await page.getByRole('slider').first().fill('30');
      expect(await page.locator('[name="rules.0.serve.percentage.percentage"]').inputValue()).toBe('30');
    } else await page.locator('[name="rules.0.serve.percentage.percentage"]').fill('30');
    await page.getByRole('button', { name: 'Add a rule' }).click();
    await page.getByLabel('Name of rule 2').fill('second');
    await page.getByRole('button', { name: 'Move rule 2 up' }).click();
    await expect.poll(() => page.getByLabel('Name of rule 2').inputValue()).toBe('Nordic');
    const nordic = { name: 'Nordic', when: { country: ['SE', 'NO'] }, serve: { percentage: 30 } };
    expect(definitionFrom(await sentBy(page))).toEqual({
      definition: { rules: [{ name: 'second', when: {} }, nordic] },
    });
    await page.getByRole('button', { name: 'Remove rule 1' }).click();
    await expect.poll(() => page.locator('.rule').count()).toBe(1);
    await page.getByRole('button', { name: 'Preview the change' }).click();
    await page.waitForURL(/\/preview$/);
    expect(await page.getByRole('main').innerText()).toContain('Nordic');
  });

  it('says at once what weights come to', PATIENCE, async () => {
    const page = await open('/flag?name=full');
    await page.getByLabel('wallet', { exact: true }).nth(1).fill('7.5');
    expect(await page.locator('.share-of').filter({ visible: true }).allInnerTexts()).toEqual(['75 %', '25 %', '0 %']);
  });
});
