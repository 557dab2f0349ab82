import cookieParser from 'cookie-parser';
import session from 'express-session';
import request from 'supertest';
import { describe, expect, it } from 'vitest';
import { anApp } from './an-app.js';
import { cookiesSet, setCookieLines } from './cookies.js';
import { EXPRESSES } from './expresses.js';
import { AnyFlag } from './flags.js';
import { fortyFlags } from './forty-flags.js';
import { logIn, onTheWay } from './on-the-way.js';
import { serve } from './server.js';
import { aVisitor } from './visitor.js';

const OURS = /^[A-Za-z0-9_-]{21}[AQgw]$/;
const ID = 'hL3kQ9_-aZ0bY1cX2dW4ew';

function idOf(answer: request.Response): string | undefined {
  return cookiesSet(answer).get('gatekeeper_id');
}

describe.each(EXPRESSES)('the anonymous id, in %s', (_name, express) => {
  it('is handed out only when a flag needs a bucket', async () => {
    const visitor = await aVisitor(express, {
      flags: [new AnyFlag('CODE', () => 'on'), new AnyFlag('USERS', ({ isUser }) => (isUser(7) ? 'on' : 'off'))],
      definitions: { flags: { none: 0, all: 100, listed: [7], off: { enabled: false, serve: { percentage: 50 } } } },
      routes: (app) => void app.get('/hello', (_req, res) => void res.send('hello')),
    });
    for (const path of ['/hello', '/flags', '/nowhere']) {
      expect(setCookieLines(await visitor.get(path))).toEqual([]);
    }
  });

  it('lives in a cookie that no script reads and no other site sends', async () => {
    const visitor = await aVisitor(express, { definitions: fortyFlags() });
    expect(setCookieLines(await visitor.get('/flags'))).toEqual([
      expect.stringMatching(
        /^gatekeeper_id=[A-Za-z0-9_-]{21}[AQgw]; Max-Age=34560000; Path=\/; HttpOnly; SameSite=Lax$/,
      ),
    ]);
  });

  it('is sent back over https only, once it came over https', async () => {
    const routes = (app: ReturnType<typeof anApp>): void => void app.set('trust proxy', 'loopback');
    const visitor = await aVisitor(express, { definitions: fortyFlags(), routes });
    const [line] = setCookieLines(await visitor.get('/flags').set('X-Forwarded-Proto', 'https'));
    expect(line).toMatch(/; Secure/);
  });

  it('is not Secure for whoever only claims to have come over https', async () => {
    const visitor = await aVisitor(express, { definitions: fortyFlags() });
    const [line] = setCookieLines(await visitor.get('/flags').set('X-Forwarded-Proto', 'https'));
    expect(line).not.toMatch(/Secure/);
  });

  it('keeps a page that hands one out from every cache, and only that page', async () => {
    const visitor = await aVisitor(express, {
      definitions: fortyFlags(),
      before: [onTheWay((_req, res) => res.set('Cache-Control', 'public, max-age=60'))],
    });
    expect((await visitor.get('/flags')).headers['cache-control']).toBe('private, no-store');
    expect((await visitor.get('/flags')).headers['cache-control']).toBe('public, max-age=60');
  });

  it('is never given to two visitors', async () => {
    const origin = await serve(anApp(express, { definitions: fortyFlags() }));
    const answers = await Promise.all(Array.from({ length: 50 }, () => request(origin).get('/flags')));
    expect(new Set(answers.map(idOf)).size).toBe(50);
  });

  it('is kept as it came when it is one of ours', async () => {
    const origin = await serve(anApp(express, { definitions: fortyFlags() }));
    const answer = await request(origin).get('/flags').set('Cookie', `a=b; gatekeeper_id=${ID}; c=d`);
    expect(setCookieLines(answer)).toEqual([]);
  });

  it.each([
    ['empty', ''],
    ['a user’s id', '42'],
    ['too short', ID.slice(1)],
    ['too long', `${ID}A`],
    ['another spelling of the same bytes', `${ID.slice(0, -1)}x`],
    ['in another alphabet', 'hL3kQ9+/aZ0bY1cX2dW4ew'],
    ['padded', `${ID}==`],
    ['badly encoded', '%E0%A4%A'],
    ['__proto__', '__proto__'],
    ['JSON', '{"userId":42}'],
    ['as long as a header gets', 'A'.repeat(8000)],
  ])('is replaced when it is %s', async (_what, forged) => {
    const origin = await serve(anApp(express, { definitions: fortyFlags() }));
    const answer = await request(origin).get('/flags').set('Cookie', `gatekeeper_id=${forged}`);
    expect(answer.status).toBe(200);
    expect(idOf(answer)).toMatch(OURS);
  });

  it.each(['42', ID])('forged to the user id %s gets nothing of that user', async (user) => {
    const visitor = await aVisitor(express, {
      flags: [
        new AnyFlag('OVERRIDDEN', () => 'off', { overrides: { on: [user] } }),
        new AnyFlag('CODED', ({ isUser, userId }) => (isUser(user) || userId !== undefined ? 'on' : 'off')),
      ],
      definitions: { flags: { ...fortyFlags().flags, listed: [user] } },
      after: [logIn],
    });
    const own = { OVERRIDDEN: 'on', CODED: 'on', listed: 'on' };
    expect(await visitor.flags({ 'X-User': user })).toMatchObject(own);
    const forged = await visitor.flags({ Cookie: `gatekeeper_id=${user}` });
    expect(forged).toMatchObject({ OVERRIDDEN: 'off', CODED: 'off', listed: 'off' });
  });

  it('is not needed for users', async () => {
    const visitor = await aVisitor(express, { definitions: fortyFlags(), before: [logIn] });
    expect(setCookieLines(await visitor.get('/flags').set('X-User', '0'))).toEqual([]);
  });

  it('leaves the cookies of the app and its session in place', async () => {
    const app = anApp(express, {
      definitions: fortyFlags(),
      browserOverrides: { secret: 'a secret' },
      before: [
        cookieParser('secret'),
        session({ secret: 's', resave: false, saveUninitialized: true }),
        onTheWay((_req, res) => res.cookie('basket', 'empty')),
      ],
      routes: (routes) => {
        routes.get('/all', (req, res) => {
          req.gk.ffVariant('flag-1');
          req.gk.setBrowserOverrideVariant('flag-2', 'on');
          res.cookie('seen', 'yes').json('done');
        });
      },
    });
    const answer = await request(await serve(app)).get('/all');
    expect([...cookiesSet(answer).keys()].sort()).toEqual([
      'basket',
      'connect.sid',
      'gatekeeper',
      'gatekeeper_id',
      'seen',
    ]);
    expect(setCookieLines(answer)).toHaveLength(5);
  });

  it('comes too late for a page whose headers are gone, which is no error', async () => {
    const visitor = await aVisitor(express, {
      definitions: { flags: { half: 50 } },
      routes: (app) => {
        app.get('/stream', (req, res) => {
          res.write('half: ');
          res.end(req.gk.ffVariant('half'));
        });
      },
    });
    const answer = await visitor.get('/stream');
    expect(answer.text).toMatch(/^half: (on|off)$/);
    expect(setCookieLines(answer)).toEqual([]);
  });
});
