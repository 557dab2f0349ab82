import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { anApp } from './an-app.js';
import { overrideCookie } from './cookies.js';
import { EXPRESSES, type ExpressModule } from './expresses.js';
import { AnyFlag } from './flags.js';
import { serve } from './server.js';
import { ask } from './wire.js';

const PLAIN = { MY_NEW_FEATURE: 'NOT_VISIBLE', OTHER: 'off', ['__proto__']: 'off' };
const PLAIN_JSON = '{"MY_NEW_FEATURE":"NOT_VISIBLE","OTHER":"off","__proto__":"off"}';
const RUNS = { numRuns: 100 };

/** What a client can put into a header at all: anything but control characters. */
const SENDABLE = /^[\t\x20-\x7e\x80-\xff]*$/;

const text = fc.oneof(
  fc.string({ unit: 'binary-ascii', maxLength: 200 }),
  fc.string({ unit: fc.constantFrom(...'{}[]":,%;=.\\ \té0aA_-'), maxLength: 200 }),
);
const sendable = text.filter((value) => SENDABLE.test(value));

/** The names that have bitten others. */
const name = fc.oneof(
  fc.constantFrom('__proto__', 'constructor', 'prototype', 'toString', 'MY_NEW_FEATURE', 'OTHER', 'overrides', 'x'),
  fc.string(),
);
/** JSON of every shape; made as text, because only text can name a key twice. */
const { json } = fc.letrec<{ json: string; leaf: string; map: string; list: string }>((tie) => ({
  json: fc.oneof({ depthSize: 'small' }, tie('leaf'), tie('map'), tie('list')),
  leaf: fc
    .oneof(fc.constantFrom('VISIBLE', 'on', '', null, true, 1, 1e308), fc.string())
    .map((value) => JSON.stringify(value)),
  map: fc
    .array(fc.tuple(name, tie('json')))
    .map((entries) => `{${entries.map(([key, value]) => `${JSON.stringify(key)}:${value}`).join(',')}}`),
  list: fc.array(tie('json')).map((values) => `[${values.join(',')}]`),
}));

/** The ways in which a value could be meant to get through. */
const encodings: readonly ((value: string) => string)[] = [
  (value) => value.replace(/[^\x20-\x7e]/g, '?'),
  (value) => encodeURIComponent(value),
  (value) => `j:${encodeURIComponent(value)}`,
  (value) => Buffer.from(value).toString('base64url'),
  (value) => `${Buffer.from(value).toString('base64url')}.${'A'.repeat(43)}`,
  (value) => `${Buffer.from(value).toString('base64url')}.`,
];

const MONSTERS = [
  ['8 KB of nothing', 'A'.repeat(8000)],
  ['8 KB of separators', ';='.repeat(4000)],
  ['8 KB of dots', '.'.repeat(8000)],
  ['8 KB of bad percent-encoding', '%'.repeat(8000)],
  ['8 KB of worse percent-encoding', '%E0%A4%A'.repeat(900)],
  ['deep lists', '['.repeat(7900)],
  ['deep maps', '{"a":'.repeat(1500)],
  ['closed deep lists, encoded', encodeURIComponent('['.repeat(600) + ']'.repeat(600))],
  ['huge JSON', JSON.stringify(Object.fromEntries(Array.from({ length: 500 }, (_, n) => [`flag${n}`, 'on'])))],
  ['a signature alone', `.${'A'.repeat(43)}`],
  ['a signed nothing', `.`],
  ['a payload of 8 KB with a signature', `${'A'.repeat(7900)}.${'A'.repeat(43)}`],
  ['two signatures', `e30.${'A'.repeat(43)}.${'A'.repeat(43)}`],
  ['pollution', '{"__proto__":{"x":1},"constructor":{"prototype":{"x":1}}}'],
  ['pollution, encoded', encodeURIComponent('{"__proto__":{"x":1}}')],
  ['the same cookie a thousand times', 'e30.AAAA; gatekeeper='.repeat(400)],
] as const;

const before = Reflect.ownKeys(Object.prototype);

/** Exactly the plain page, and nothing left behind. */
async function expectNothing(origin: string, cookies: string): Promise<void> {
  const answer = await ask(origin, '/flags', { Cookie: cookies });
  expect([answer.status, answer.text, answer.headers['set-cookie']]).toEqual([200, PLAIN_JSON, undefined]);
  expect((await ask(origin, '/overrides', { Cookie: cookies })).text).toBe('{}');
  expect(({} as { readonly x?: unknown }).x).toBeUndefined();
  expect(Reflect.ownKeys(Object.prototype)).toEqual(before);
}

const flags = [
  new AnyFlag('MY_NEW_FEATURE', () => 'NOT_VISIBLE', { variants: ['VISIBLE', 'NOT_VISIBLE'] }),
  new AnyFlag('OTHER'),
  new AnyFlag('__proto__'),
];

async function start(express: ExpressModule, secret?: string): Promise<string> {
  const browserOverrides = secret === undefined ? {} : { secret };
  return serve(anApp(express, { flags, browserOverrides }));
}

afterEach(() => {
  vi.unstubAllEnvs();
});

describe.each(EXPRESSES)('%s', (_name, express) => {
  it('has the flags that these tests are about', async () => {
    expect(JSON.parse((await ask(await start(express), '/flags')).text)).toEqual(PLAIN);
  });

  describe.each([
    ['signed overrides', 'production', 'a secret'],
    ['production without a secret', 'production', undefined],
  ])('%s take nothing from', (_which, environment, secret) => {
    let origin: string;

    beforeEach(async () => {
      vi.stubEnv('NODE_ENV', environment);
      origin = await start(express, secret);
    });

    it.each(MONSTERS)('%s', async (_what, value) => {
      await expectNothing(origin, `gatekeeper=${value}`);
    });

    it('any cookie header whatever', async () => {
      await fc.assert(
        fc.asyncProperty(sendable, async (header) => expectNothing(origin, header)),
        RUNS,
      );
    });

    it('any value whatever', async () => {
      await fc.assert(
        fc.asyncProperty(sendable, async (value) => expectNothing(origin, `a=b; gatekeeper=${value}`)),
        RUNS,
      );
    });

    it('any JSON, however it is encoded', async () => {
      await fc.assert(
        fc.asyncProperty(json, fc.constantFrom(...encodings), async (value, encode) => {
          const sent = encode(value);
          if (sent.length < 8000) await expectNothing(origin, `gatekeeper=${sent}`);
        }),
        RUNS,
      );
    });
  });

  describe('a valid cookie is worth nothing', () => {
    let origin: string;
    let valid: string;

    beforeEach(async () => {
      origin = await start(express, 'a secret');
      valid = (await overrideCookie(origin, { MY_NEW_FEATURE: 'VISIBLE', OTHER: 'on' })).replace('gatekeeper=', '');
    });

    it('with one bit flipped', async () => {
      await fc.assert(
        fc.asyncProperty(fc.nat(), fc.nat({ max: 7 }), async (at, bit) => {
          const bytes = Buffer.from(valid, 'latin1');
          const index = at % bytes.length;
          bytes[index] = (bytes[index] ?? 0) ^ (1 << bit);
          const flipped = bytes.toString('latin1');
          if (SENDABLE.test(flipped)) await expectNothing(origin, `gatekeeper=${flipped}`);
        }),
        RUNS,
      );
    });

    it('truncated, at either end', async () => {
      await fc.assert(
        fc.asyncProperty(fc.nat(), fc.boolean(), async (at, start) => {
          const cut = 1 + (at % (valid.length - 1));
          await expectNothing(origin, `gatekeeper=${start ? valid.slice(cut) : valid.slice(0, cut)}`);
        }),
        RUNS,
      );
    });

    it('with anything put in between', async () => {
      const piece = fc.string({ unit: fc.constantFrom(...'.=-_09azAZ%"+/ '), minLength: 1, maxLength: 5 });
      await fc.assert(
        fc.asyncProperty(fc.nat(), piece, async (at, more) => {
          const index = 1 + (at % (valid.length - 1));
          await expectNothing(origin, `gatekeeper=${valid.slice(0, index)}${more}${valid.slice(index)}`);
        }),
        RUNS,
      );
    });

    it('behind another cookie of the same name', async () => {
      await expectNothing(origin, `gatekeeper=; gatekeeper=${valid}`);
      await expectNothing(origin, `gatekeeper=e30.AAAA; gatekeeper=${valid}`);
    });

    it('under another name', async () => {
      await expectNothing(origin, `gatekeeper_id=${valid}; Gatekeeper=${valid}; xgatekeeper=${valid}; ${valid}`);
    });
  });

  it('takes from typed JSON what names a flag and its variant, and nothing else', async () => {
    vi.stubEnv('NODE_ENV', 'development');
    const origin = await start(express);
    await fc.assert(
      fc.asyncProperty(json, async (value) => {
        const typed = encodeURIComponent(value);
        if (typed.length > 8000) return;
        const { status, text: page } = await ask(origin, '/flags', { Cookie: `gatekeeper=${typed}` });
        expect(status).toBe(200);
        const asked: unknown = JSON.parse(value);
        const wanted = new Map(Array.isArray(asked) ? [] : Object.entries(asked ?? {}));
        for (const [flag, variant] of Object.entries(JSON.parse(page))) {
          if (new Map(Object.entries(PLAIN)).get(flag) !== variant) expect(variant).toBe(wanted.get(flag));
        }
        expect(Reflect.ownKeys(Object.prototype)).toEqual(before);
      }),
      RUNS,
    );
  });

  it('lets whoever has a broken cookie start again', async () => {
    const origin = await start(express, 'a secret');
    const answer = await ask(
      origin,
      '/override?flag=OTHER&variant=on',
      { Cookie: `gatekeeper=${'%'.repeat(5000)}` },
      'POST',
    );
    expect(answer.text).toBe('true');
    const [line = ''] = answer.headers['set-cookie'] ?? [];
    const { text: page } = await ask(origin, '/overrides', { Cookie: line.replace(/;.*/, '') });
    expect(page).toBe('{"OTHER":"on"}');
  });
});
