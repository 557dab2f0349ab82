import type { RequestGatekeeper } from 'express-gatekeeper';
import request from 'supertest';
import { describe, expect, it } from 'vitest';
import { anApp } from './an-app.js';
import { cookiesSet, overrideCookie } from './cookies.js';
import { EXPRESSES } from './expresses.js';
import { AnyFlag, forAttributes, MyNewFeature } from './flags.js';
import { logIn, onTheWay } from './on-the-way.js';
import { serve } from './server.js';

describe.each(EXPRESSES)('asking for somebody else, in %s', (_name, express) => {
  const contexts: unknown[] = [];
  const start = async (read: (gk: RequestGatekeeper) => unknown): Promise<string> => {
    const app = anApp(express, {
      flags: [
        new MyNewFeature({ overrides: { VISIBLE: [42, 0], NOT_VISIBLE: [1] } }),
        forAttributes('PREMIUM', ({ plan }) => plan === 'premium'),
        new AnyFlag('CONTEXT', ({ userId, app: theApp, request: req, session, attributes }) => {
          contexts.push({ userId, app: theApp !== undefined, req, session, attributes });
          return 'off';
        }),
      ],
      definitions: { flags: { half: 50, sticky: { serve: { percentage: 50 }, bucketBy: 'anonymousId' } } },
      attributes: () => ({ plan: 'premium' }),
      browserOverrides: { secret: 'a secret' },
      before: [onTheWay((req) => Object.assign(req, { session: { theirs: true } }))],
      after: [logIn],
      routes: (routes) => void routes.get('/', (req, res) => void res.json(read(req.gk))),
    });
    return serve(app);
  };
  const ask = async (read: (gk: RequestGatekeeper) => unknown, user = '4'): Promise<unknown> =>
    (
      await request(await start(read))
        .get('/')
        .set('X-User', user)
    ).body;

  it('gives what that user gets', async () => {
    const users = [42, '42', 0, '0', 1, '1', 2, 3, 4, 'ann'];
    const [on, off] = ['VISIBLE', 'NOT_VISIBLE'];
    const expected = [on, on, on, on, off, off, on, on, off, off];
    expect(await ask((gk) => users.map((user) => gk.ffVariant('MY_NEW_FEATURE', user)))).toEqual(expected);
    expect(await ask((gk) => users.map((user) => gk.getFeatureFlagVariant('MY_NEW_FEATURE', user)))).toEqual(expected);
    expect(await ask((gk) => users.map((user) => gk.forUser(user).ffVariant('MY_NEW_FEATURE')))).toEqual(expected);
  });

  it('changes nothing for the one who asks', async () => {
    const read = (gk: RequestGatekeeper): unknown => [
      gk.ffVariant('MY_NEW_FEATURE'),
      gk.ffVariant('MY_NEW_FEATURE', 42),
      gk.ffVariant('MY_NEW_FEATURE'),
      gk.ffVariant('MY_NEW_FEATURE', undefined),
    ];
    expect(await ask(read)).toEqual(['NOT_VISIBLE', 'VISIBLE', 'NOT_VISIBLE', 'NOT_VISIBLE']);
  });

  it('ignores the overrides of this browser, even for the one who uses it', async () => {
    const origin = await start((gk) => [
      gk.ffVariant('MY_NEW_FEATURE'),
      gk.ffVariant('MY_NEW_FEATURE', 4),
      gk.forUser(9).ffVariant('MY_NEW_FEATURE'),
      gk.forUser(undefined).ffVariant('MY_NEW_FEATURE'),
    ]);
    const cookie = await overrideCookie(origin, { MY_NEW_FEATURE: 'VISIBLE' });
    const { body } = await request(origin).get('/').set({ Cookie: cookie, 'X-User': '4' });
    expect(body).toEqual(['VISIBLE', 'NOT_VISIBLE', 'NOT_VISIBLE', 'NOT_VISIBLE']);
  });

  it('ignores this browser’s anonymous id, and gives it none', async () => {
    const origin = await start((gk) => [
      gk.forUser(undefined).details('half'),
      gk.forUser(7).details('sticky'),
      gk.forUser(7).details('half'),
    ]);
    const answer = await request(origin).get('/');
    expect(answer.body).toMatchObject([{ reason: 'DEFAULT' }, { reason: 'DEFAULT' }, { reason: 'SPLIT' }]);
    expect(cookiesSet(answer).size).toBe(0);
  });

  it('puts a user into the bucket that is theirs when they come', async () => {
    const users = Array.from({ length: 20 }, (_, index) => `user-${index}`);
    const others = await ask((gk) => users.map((user) => gk.ffVariant('half', user)));
    const own = await Promise.all(users.map((user) => ask((gk) => gk.ffVariant('half'), user)));
    expect(others).toEqual(own);
    expect(new Set(own).size).toBe(2);
  });

  it('ignores the attributes of this request, and takes those that are given', async () => {
    const read = (gk: RequestGatekeeper): unknown => [
      gk.ffVariant('PREMIUM'),
      gk.ffVariant('PREMIUM', 9),
      gk.forUser(9, { plan: 'premium' }).ffVariant('PREMIUM'),
      gk.forUser(9, { plan: 'free' }).ffVariant('PREMIUM'),
      gk.forUser(9).ffVariant('PREMIUM'),
    ];
    expect(await ask(read)).toEqual(['on', 'off', 'on', 'off', 'off']);
  });

  it('shows flags the app, but neither this request nor its session', async () => {
    contexts.length = 0;
    await ask((gk) => gk.ffVariant('CONTEXT', 9));
    expect(contexts).toEqual([{ userId: 9, app: true, req: undefined, session: undefined, attributes: {} }]);
  });
});
