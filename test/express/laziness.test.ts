import * as crypto from 'node:crypto';
import request from 'supertest';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { anApp } from './an-app.js';
import { overrideCookie } from './cookies.js';
import { EXPRESSES } from './expresses.js';
import { AnyFlag, MyNewFeature } from './flags.js';
import { onTheWay } from './on-the-way.js';
import { serve } from './server.js';

vi.mock('node:crypto', async (original) => {
  const real = await original<typeof crypto>();
  return { ...real, createHmac: vi.fn(real.createHmac), randomBytes: vi.fn(real.randomBytes) };
});

const userId = vi.fn(() => undefined);
const attributes = vi.fn(() => ({ plan: 'free' }));
const allow = vi.fn(() => true);
const pickVariant = vi.fn(() => 'on');
const looks = vi.fn();
const spies = { userId, attributes, allow, pickVariant, looks, hmac: crypto.createHmac, random: crypto.randomBytes };

/** Sees who looks at the parts of a request that cost something. */
const watch = onTheWay((req) => {
  const { cookie } = req.headers;
  const watched = (target: object, name: string, value: unknown): void => {
    const get = (): unknown => {
      looks(name);
      return value;
    };
    Object.defineProperty(target, name, { get, configurable: true });
  };
  watched(req.headers, 'cookie', cookie);
  for (const name of ['session', 'user', 'cookies', 'signedCookies', 'secret']) watched(req, name, undefined);
});

describe.each(EXPRESSES)('a request, in %s', (_name, express) => {
  let origin: string;
  let cookie: string;

  beforeEach(async () => {
    const app = anApp(express, {
      flags: [new MyNewFeature(), new AnyFlag('SPY', pickVariant)],
      definitions: { flags: { nobody: { serve: { split: { on: 0, off: 1 } } } } },
      userId,
      attributes,
      browserOverrides: { secret: 'a secret', allow },
      activeFlagsHeader: true,
      before: [watch],
      routes: (routes) => {
        routes.get('/plain', (_req, res) => void res.set('Cache-Control', 'public').send('hello'));
        routes.get('/nobody', (req, res) => void res.json(req.gk.ffVariant('nobody')));
      },
    });
    origin = await serve(app);
    cookie = await overrideCookie(origin, { MY_NEW_FEATURE: 'VISIBLE' });
    vi.clearAllMocks();
  });

  const calls = (): Record<string, number> =>
    Object.fromEntries(Object.entries(spies).map(([name, spy]) => [name, vi.mocked(spy).mock.calls.length]));

  it('that asks no flag costs no look at cookies or users, no signature and no header', async () => {
    const { headers } = await request(origin).get('/plain').set('Cookie', cookie);
    expect(calls()).toEqual({ userId: 0, attributes: 0, allow: 0, pickVariant: 0, looks: 0, hmac: 0, random: 0 });
    expect(headers['cache-control']).toBe('public');
    expect(headers).not.toHaveProperty('set-cookie');
    expect(headers).not.toHaveProperty('x-active-flags');
  });

  it('that nobody answers costs no more', async () => {
    expect((await request(origin).get('/nowhere').set('Cookie', cookie)).status).toBe(404);
    expect(calls()).toEqual({ userId: 0, attributes: 0, allow: 0, pickVariant: 0, looks: 0, hmac: 0, random: 0 });
  });

  it('that asks one flag pays for that flag', async () => {
    await request(origin).get('/nobody').set('Cookie', cookie);
    expect(calls()).toMatchObject({ attributes: 0, pickVariant: 0, hmac: 1, random: 1 });
    expect(allow).toHaveBeenCalled();
    expect(userId).toHaveBeenCalled();
    expect(looks).toHaveBeenCalledWith('cookie');
  });

  it('that asks without any cookie checks no signature and asks nobody for permission', async () => {
    await request(origin).get('/nobody');
    expect(calls()).toMatchObject({ allow: 0, hmac: 0, random: 1 });
  });
});
