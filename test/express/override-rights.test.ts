import type { Request } from 'express';
import type { GatekeeperOptions } from 'express-gatekeeper';
import request from 'supertest';
import { describe, expect, it, vi } from 'vitest';
import { anApp } from './an-app.js';
import { overrideCookie, setCookieLines } from './cookies.js';
import { EXPRESSES, type ExpressModule } from './expresses.js';
import { AnyFlag, MyNewFeature } from './flags.js';
import { logIn, onTheWay } from './on-the-way.js';
import { Recorder } from './recorder.js';
import { serve } from './server.js';
import { aVisitor } from './visitor.js';

const secret = 'a secret';
const STAFF = { 'X-User': 'staff' };

/** A cookie with a valid signature, as somebody who may have been admitted once still has it. */
async function oldCookie(express: ExpressModule): Promise<string> {
  const origin = await serve(anApp(express, { flags: [new MyNewFeature()], browserOverrides: { secret } }));
  return overrideCookie(origin, { MY_NEW_FEATURE: 'VISIBLE' });
}

function isStaff(req: Request): boolean {
  return (req as { readonly user?: { readonly id?: string } }).user?.id === 'staff';
}

describe.each(EXPRESSES)('browserOverrides.allow, in %s', (_name, express) => {
  const withAllow = (allow: unknown, more: object = {}): GatekeeperOptions => ({
    flags: [new MyNewFeature()],
    browserOverrides: { secret, allow: allow as (req: Request) => boolean },
    ...more,
  });

  it.each<[string, () => unknown, RegExp | undefined]>([
    ['returns false', () => false, undefined],
    ['returns nothing', () => undefined, /allow returned undefined; only true/],
    ['returns 1', () => 1, /allow returned 1; only true/],
    ['returns a truthy string', () => 'yes', /allow returned "yes"; only true/],
    ['returns an object', () => ({ admin: true }), /allow returned {"admin":true}; only true/],
    ['returns a Boolean object', () => Object(true), /allow returned/],
    ['returns a promise of true', async () => true, /allow returned a promise; only true, returned synchronously/],
    ['returns a promise that fails', async () => Promise.reject(new Error('no')), /allow returned a promise/],
    // biome-ignore lint/suspicious/noThenProperty: a promise of another library
    ['returns a thenable', () => ({ then: () => undefined }), /allow returned a promise/],
    [
      'throws',
      () => {
        throw new Error('no session');
      },
      /allow threw: no session; nobody is admitted/,
    ],
  ])('that %s admits nobody, on use and on set, and says so once', async (_how, allow, message) => {
    const logger = new Recorder();
    const visitor = await aVisitor(express, withAllow(allow, { logger }), { Cookie: await oldCookie(express) });
    for (const _twice of [1, 2]) {
      expect(await visitor.flags()).toEqual({ MY_NEW_FEATURE: 'NOT_VISIBLE' });
      expect(await visitor.overrides()).toEqual({});
      const answer = await visitor.agent.post('/override').query({ flag: 'MY_NEW_FEATURE', variant: 'VISIBLE' });
      expect([answer.body, setCookieLines(answer)]).toEqual([false, []]);
    }
    expect(logger.messages).toEqual(message === undefined ? [] : [expect.stringMatching(message)]);
  });

  it('that returns true admits whom it was asked about', async () => {
    const visitor = await aVisitor(
      express,
      withAllow((req: Request) => req.get('X-Staff') === 'yes'),
    );
    const staff = { 'X-Staff': 'yes' };
    const cookie = await overrideCookie(visitor.origin, { MY_NEW_FEATURE: 'VISIBLE' }, staff);
    expect(await visitor.flags({ ...staff, Cookie: cookie })).toEqual({ MY_NEW_FEATURE: 'VISIBLE' });
    expect(await visitor.flags({ Cookie: cookie })).toEqual({ MY_NEW_FEATURE: 'NOT_VISIBLE' });
  });

  it('takes the right away at once, also from those who have set something', async () => {
    let admitted = true;
    const visitor = await aVisitor(
      express,
      withAllow(() => admitted),
    );
    expect(await visitor.set('MY_NEW_FEATURE', 'VISIBLE')).toBe(true);
    expect(await visitor.flags()).toEqual({ MY_NEW_FEATURE: 'VISIBLE' });
    admitted = false;
    expect(await visitor.flags()).toEqual({ MY_NEW_FEATURE: 'NOT_VISIBLE' });
    expect(await visitor.set('MY_NEW_FEATURE', '')).toBe(false);
  });

  it('never makes up for a missing signature', async () => {
    const visitor = await aVisitor(
      express,
      withAllow(() => true),
    );
    const Cookie = 'gatekeeper={"MY_NEW_FEATURE":"VISIBLE"}';
    expect(await visitor.flags({ Cookie })).toEqual({ MY_NEW_FEATURE: 'NOT_VISIBLE' });
  });

  it('lets anybody clear their own overrides', async () => {
    const visitor = await aVisitor(
      express,
      withAllow(() => false),
    );
    const answer = await visitor.agent.post('/clear').set('Cookie', await oldCookie(express));
    expect([answer.body, setCookieLines(answer)]).toEqual([true, [expect.stringMatching(/^gatekeeper=; Max-Age=0/)]]);
  });

  it('may depend on a user whom a later middleware logs in', async () => {
    const pages: unknown[] = [];
    const read = onTheWay((req) => pages.push(req.gk.ffVariant('MY_NEW_FEATURE')));
    const visitor = await aVisitor(express, withAllow(isStaff, { after: [read, logIn, read] }));
    const cookie = await overrideCookie(visitor.origin, { MY_NEW_FEATURE: 'VISIBLE' }, STAFF);
    pages.length = 0;
    expect(await visitor.flags({ ...STAFF, Cookie: cookie })).toEqual({ MY_NEW_FEATURE: 'VISIBLE' });
    expect(await visitor.flags({ 'X-User': 'customer', Cookie: cookie })).toEqual({ MY_NEW_FEATURE: 'NOT_VISIBLE' });
    expect(pages).toEqual(['NOT_VISIBLE', 'VISIBLE', 'NOT_VISIBLE', 'NOT_VISIBLE']);
  });

  it('may itself ask a flag: overrides are no answer to the question who may use them', async () => {
    const allow = vi.fn((req: Request) => req.gk.ff('STAFF', 'on'));
    const flags = [new MyNewFeature(), new AnyFlag('STAFF', ({ isUser }) => (isUser('staff') ? 'on' : 'off'))];
    const visitor = await aVisitor(express, { ...withAllow(allow), flags, before: [logIn] });
    const cookie = await oldCookie(express);
    expect(await visitor.flags({ ...STAFF, Cookie: cookie })).toEqual({ MY_NEW_FEATURE: 'VISIBLE', STAFF: 'on' });
    expect(await visitor.flags({ Cookie: cookie })).toEqual({ MY_NEW_FEATURE: 'NOT_VISIBLE', STAFF: 'off' });
    expect(allow.mock.calls.length).toBeLessThan(10);
  });

  it('is asked a handful of times per request at most, however many flags are read', async () => {
    const allow = vi.fn(() => true);
    const flags = Array.from({ length: 50 }, (_, index) => new AnyFlag(`F${index}`));
    const visitor = await aVisitor(express, { ...withAllow(allow), flags: [new MyNewFeature(), ...flags] });
    await visitor.flags({ Cookie: await oldCookie(express) });
    expect(allow.mock.calls.length).toBeLessThan(5);
  });

  it('decides what mayOverride() says', async () => {
    const visitor = await aVisitor(
      express,
      withAllow(isStaff, {
        after: [logIn],
        routes: (app: ReturnType<typeof anApp>) => {
          app.get('/may', (req, res) => void res.json(req.gk.mayOverride()));
        },
      }),
    );
    expect((await visitor.get('/may').set(STAFF)).body).toBe(true);
    expect((await request(visitor.origin).get('/may')).body).toBe(false);
  });
});
