import cookieParser from 'cookie-parser';
import type { RequestHandler } from 'express';
import session from 'express-session';
import request from 'supertest';
import { describe, expect, it } from 'vitest';
import { anApp, aVisitor, cookiesSet, logIn, setCookieLines, Visitor } from './an-app.js';
import { EXPRESSES } from './expresses.js';
import { AnyFlag } from './flags.js';
import { Recorder } from './recorder.js';
import { serve } from './server.js';

const OURS = /^[A-Za-z0-9_-]{21}[AQgw]$/;
const ID = 'hL3kQ9_-aZ0bY1cX2dW4ew';

/** Enough flags that two visitors hardly ever agree on all of them. */
function forty(bucketBy?: string): { flags: Record<string, object> } {
  const definition = { serve: { percentage: 50 }, ...(bucketBy === undefined ? {} : { bucketBy }) };
  return { flags: Object.fromEntries(Array.from({ length: 40 }, (_, index) => [`flag-${index}`, definition])) };
}

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
    const visitor = await aVisitor(express, { definitions: forty() });
    expect(setCookieLines(await visitor.get('/flags'))).toEqual([
      expect.stringMatching(
        /^gatekeeper_id=[A-Za-z0-9_-]{21}[AQgw]; Max-Age=34560000; Path=\/; HttpOnly; SameSite=Lax$/,
      ),
    ]);
  });

  it('is sent back over https only, once it came over https', async () => {
    const routes = (app: ReturnType<typeof anApp>): void => void app.set('trust proxy', 'loopback');
    const visitor = await aVisitor(express, { definitions: forty(), routes });
    const [line] = setCookieLines(await visitor.get('/flags').set('X-Forwarded-Proto', 'https'));
    expect(line).toMatch(/; Secure/);
  });

  it('is not Secure for whoever only claims to have come over https', async () => {
    const visitor = await aVisitor(express, { definitions: forty() });
    const [line] = setCookieLines(await visitor.get('/flags').set('X-Forwarded-Proto', 'https'));
    expect(line).not.toMatch(/Secure/);
  });

  it('keeps a page that hands one out from every cache, and only that page', async () => {
    const visitor = await aVisitor(express, {
      definitions: forty(),
      before: [(_req, res, next) => void next(res.set('Cache-Control', 'public, max-age=60') && undefined)],
    });
    expect((await visitor.get('/flags')).headers['cache-control']).toBe('private, no-store');
    expect((await visitor.get('/flags')).headers['cache-control']).toBe('public, max-age=60');
  });

  it('gives the same variants at every visit, and other visitors others', async () => {
    const origin = await serve(anApp(express, { definitions: forty() }));
    const [ann, bob] = [new Visitor(origin), new Visitor(origin)];
    const first = await ann.flags();
    expect(new Set(Object.values(first))).toEqual(new Set(['on', 'off']));
    expect([await ann.flags(), await ann.flags()]).toEqual([first, first]);
    expect(await bob.flags()).not.toEqual(first);
  });

  it('is never given to two visitors', async () => {
    const origin = await serve(anApp(express, { definitions: forty() }));
    const answers = await Promise.all(Array.from({ length: 50 }, () => request(origin).get('/flags')));
    expect(new Set(answers.map(idOf)).size).toBe(50);
  });

  it('is kept as it came when it is one of ours', async () => {
    const origin = await serve(anApp(express, { definitions: forty() }));
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
    const origin = await serve(anApp(express, { definitions: forty() }));
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
      definitions: { flags: { ...forty().flags, listed: [user] } },
      after: [logIn],
    });
    const own = { OVERRIDDEN: 'on', CODED: 'on', listed: 'on' };
    expect(await visitor.flags({ 'X-User': user })).toMatchObject(own);
    const forged = await visitor.flags({ Cookie: `gatekeeper_id=${user}` });
    expect(forged).toMatchObject({ OVERRIDDEN: 'off', CODED: 'off', listed: 'off' });
  });

  it('is not needed for users', async () => {
    const visitor = await aVisitor(express, { definitions: forty(), before: [logIn] });
    expect(setCookieLines(await visitor.get('/flags').set('X-User', '0'))).toEqual([]);
  });

  it('gives way to the user id at log-in: users get the same on every device', async () => {
    const origin = await serve(anApp(express, { definitions: forty(), after: [logIn] }));
    const [phone, desktop] = [new Visitor(origin), new Visitor(origin)];
    expect(await phone.flags()).not.toEqual(await desktop.flags());
    expect(await phone.flags({ 'X-User': 'ann' })).toEqual(await desktop.flags({ 'X-User': 'ann' }));
  });

  it('keeps a visitor’s variants through log-in when the flag buckets by it', async () => {
    const visitor = await aVisitor(express, { definitions: forty('anonymousId'), after: [logIn] });
    const before = await visitor.flags();
    expect(await visitor.flags({ 'X-User': 'ann' })).toEqual(before);
    expect(await visitor.flags({ 'X-User': 'bob' })).toEqual(before);
    expect(await visitor.flags()).toEqual(before);
  });

  it('keeps them also when log-in happens between two looks of one request', async () => {
    const looks: unknown[] = [];
    const look: RequestHandler = (req, _res, next) => {
      looks.push(req.gk.all());
      next();
    };
    const visitor = await aVisitor(express, { definitions: forty('anonymousId'), after: [look, logIn, look] });
    const answer = await visitor.get('/flags').set('X-User', 'ann');
    expect(looks).toEqual([answer.body, answer.body]);
    expect(setCookieLines(answer)).toHaveLength(1);
  });

  it('is never used by a flag that buckets by the user id', async () => {
    const visitor = await aVisitor(express, { definitions: forty('userId') });
    const answer = await visitor.get('/flags');
    expect(new Set(Object.values(answer.body))).toEqual(new Set(['off']));
    expect(setCookieLines(answer)).toEqual([]);
  });

  it('can be switched off: without a bucket everybody gets the off variant', async () => {
    const visitor = await aVisitor(express, { definitions: forty(), anonymousId: false, after: [logIn] });
    const answer = await visitor.get('/flags').set('Cookie', `gatekeeper_id=${ID}`);
    expect(new Set(Object.values(answer.body))).toEqual(new Set(['off']));
    expect(setCookieLines(answer)).toEqual([]);
    expect(new Set(Object.values(await visitor.flags({ 'X-User': 'ann' })))).toEqual(new Set(['on', 'off']));
  });

  it('can be the app’s own, such as the id of its session', async () => {
    const app = anApp(express, {
      definitions: forty(),
      anonymousId: (req) => req.sessionID,
      before: [session({ secret: 's', resave: false, saveUninitialized: true })],
    });
    const origin = await serve(app);
    const [ann, bob] = [new Visitor(origin), new Visitor(origin)];
    const first = await ann.flags();
    expect(await ann.flags()).toEqual(first);
    expect(await bob.flags()).not.toEqual(first);
    expect(cookiesSet(await bob.get('/flags')).has('gatekeeper_id')).toBe(false);
  });

  it('can be left to the session by a single flag', async () => {
    const app = anApp(express, {
      definitions: forty('sessionId'),
      before: [session({ secret: 's', resave: false, saveUninitialized: true })],
      after: [logIn],
    });
    const visitor = new Visitor(await serve(app));
    const first = await visitor.flags();
    expect(new Set(Object.values(first))).toEqual(new Set(['on', 'off']));
    expect(await visitor.flags({ 'X-User': 'ann' })).toEqual(first);
  });

  it.each<[string, () => unknown, RegExp]>([
    [
      'throws',
      () => {
        throw new Error('no session store');
      },
      /anonymousId\(req\) threw: no session store/,
    ],
    ['gives a promise', async () => 'an id', /anonymousId\(req\) returned a promise/],
  ])('is none when the app’s function %s, and the log says so once', async (_how, anonymousId, message) => {
    const logger = new Recorder();
    const visitor = await aVisitor(express, {
      definitions: forty(),
      anonymousId: anonymousId as () => string,
      logger,
    });
    expect(new Set(Object.values(await visitor.flags()))).toEqual(new Set(['off']));
    expect(logger.messages).toEqual([expect.stringMatching(message)]);
  });

  it('leaves the cookies of the app and its session in place', async () => {
    const app = anApp(express, {
      definitions: forty(),
      browserOverrides: { secret: 'a secret' },
      before: [
        cookieParser('secret'),
        session({ secret: 's', resave: false, saveUninitialized: true }),
        (_req, res, next) => void next(res.cookie('basket', 'empty') && undefined),
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
