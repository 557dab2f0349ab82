import { createHmac } from 'node:crypto';
import cookieParser from 'cookie-parser';
import type { GatekeeperOptions } from 'express-gatekeeper';
import request from 'supertest';
import { describe, expect, it } from 'vitest';
import { anApp } from './an-app.js';
import { cookiesSet, overrideCookie } from './cookies.js';
import { EXPRESSES } from './expresses.js';
import { AnyFlag, MyNewFeature } from './flags.js';
import { serve } from './server.js';

const DAY = 86_400_000;
const VISIBLE = { MY_NEW_FEATURE: 'VISIBLE' };

function payloadOf(cookie: string): string {
  return cookie.replace('gatekeeper=', '').replace(/\..*/, '');
}

describe.each(EXPRESSES)('the signature of an override, in %s', (_name, express) => {
  const start = async (options: GatekeeperOptions & { before?: never[] } = {}): Promise<string> =>
    serve(anApp(express, { flags: [new MyNewFeature()], browserOverrides: { secret: 'a secret' }, ...options }));

  const overridesAt = async (origin: string, cookie: string): Promise<unknown> => {
    const { body, status } = await request(origin).get('/overrides').set('Cookie', cookie);
    expect(status).toBe(200);
    return body;
  };

  it('expires after fourteen days, whatever the browser says', async () => {
    let now = Date.UTC(2026, 10, 1);
    const origin = await start({ clock: () => now });
    const cookie = await overrideCookie(origin, VISIBLE);
    now += 14 * DAY - 1;
    expect(await overridesAt(origin, cookie)).toEqual(VISIBLE);
    now += 1;
    expect(await overridesAt(origin, cookie)).toEqual({});
  });

  it('expires when maxAge says so', async () => {
    let now = Date.UTC(2026, 10, 1);
    const origin = await start({ clock: () => now, browserOverrides: { secret: 'a secret', maxAge: 60_000 } });
    const cookie = await overrideCookie(origin, VISIBLE);
    now += 59_999;
    expect(await overridesAt(origin, cookie)).toEqual(VISIBLE);
    now += 1;
    expect(await overridesAt(origin, cookie)).toEqual({});
  });

  it('is renewed by each change', async () => {
    let now = Date.UTC(2026, 10, 1);
    const origin = await start({ clock: () => now, flags: [new MyNewFeature(), new AnyFlag('OTHER')] });
    const first = await overrideCookie(origin, VISIBLE);
    now += 13 * DAY;
    const sent = request(origin).post('/override').query({ flag: 'OTHER', variant: 'on' });
    const second = `gatekeeper=${cookiesSet(await sent.set('Cookie', first)).get('gatekeeper')}`;
    now += 13 * DAY;
    expect(await overridesAt(origin, first)).toEqual({});
    expect(await overridesAt(origin, second)).toEqual({ ...VISIBLE, OTHER: 'on' });
  });

  it.each<[string, GatekeeperOptions]>([
    ['another secret', { browserOverrides: { secret: 'another secret' } }],
    ['another app with the same secret', { appName: 'office' }],
    ['another environment with the same secret', { environment: 'staging' }],
  ])('is nothing to %s', async (_where, options) => {
    const cookie = await overrideCookie(await start(), VISIBLE);
    expect(await overridesAt(await start(options), cookie)).toEqual({});
    expect(await overridesAt(await start(), cookie)).toEqual(VISIBLE);
  });

  it('survives the rotation of secrets: any listed one verifies, the first signs', async () => {
    const withSecrets = async (...secret: string[]): Promise<string> => start({ browserOverrides: { secret } });
    const [old, both, next] = [await withSecrets('old'), await withSecrets('new', 'old'), await withSecrets('new')];
    const oldCookie = await overrideCookie(old, VISIBLE);
    const newCookie = await overrideCookie(both, VISIBLE);
    expect(await overridesAt(both, oldCookie)).toEqual(VISIBLE);
    expect(await overridesAt(next, oldCookie)).toEqual({});
    expect(await overridesAt(next, newCookie)).toEqual(VISIBLE);
    expect(await overridesAt(old, newCookie)).toEqual({});
  });

  it('cannot be lent from another cookie that the app signs with the same secret', async () => {
    const secret = 'of the cookies';
    const payload = payloadOf(await overrideCookie(await start({ browserOverrides: { secret } }), VISIBLE));
    const app = anApp(express, {
      flags: [new MyNewFeature()],
      before: [cookieParser(secret)],
      routes: (routes) => {
        routes.get('/sign', (req, res) => void res.cookie('note', String(req.query['note']), { signed: true }).json(1));
      },
    });
    const origin = await serve(app);
    for (const note of [payload, '{"MY_NEW_FEATURE":"VISIBLE"}', `{"overrides":${JSON.stringify(VISIBLE)}}`]) {
      const signed = cookiesSet(await request(origin).get('/sign').query({ note })).get('note') ?? '';
      const plain = decodeURIComponent(signed).replace(/^s:/, '');
      const rewritten = plain.replace(/[^.]*$/, (signature) => signature.replace(/\+/g, '-').replace(/\//g, '_'));
      for (const replayed of [signed, encodeURIComponent(plain), encodeURIComponent(rewritten)]) {
        expect(await overridesAt(origin, `gatekeeper=${replayed}`)).toEqual({});
      }
    }
  });

  it('cannot be made with the app’s secret alone, without the key that is derived from it', async () => {
    const origin = await start();
    const payload = payloadOf(await overrideCookie(origin, VISIBLE));
    const signature = createHmac('sha256', 'a secret').update(payload).digest('base64url');
    expect(await overridesAt(origin, `gatekeeper=${payload}.${signature}`)).toEqual({});
  });

  it('covers overrides only: what was served is not in the cookie', async () => {
    const origin = await start({ flags: [new MyNewFeature(), new AnyFlag('SERVED', () => 'on')] });
    const cookie = await overrideCookie(origin, VISIBLE);
    expect(Buffer.from(payloadOf(cookie), 'base64url').toString()).not.toContain('SERVED');
  });
});
