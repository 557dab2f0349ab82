import type { RequestHandler } from 'express';
import session from 'express-session';
import request from 'supertest';
import { describe, expect, it, vi } from 'vitest';
import { anApp } from './an-app.js';
import { EXPRESSES, type ExpressModule } from './expresses.js';
import { AnyFlag } from './flags.js';
import { logIn, onTheWay } from './on-the-way.js';
import { Recorder } from './recorder.js';
import { serve } from './server.js';
import { aVisitor } from './visitor.js';

/** Puts something on the request, as log-in middleware does. */
function having(fields: object): RequestHandler {
  return onTheWay((req) => Object.assign(req, fields));
}

const listed = (): AnyFlag => new AnyFlag('LISTED', () => 'off', { overrides: { on: [0, 1, 'ann'] } });
const coded = (): AnyFlag => new AnyFlag('CODED', ({ isUser }) => (isUser(0, '1', 'ann') ? 'on' : 'off'));

async function flagsWith(
  express: ExpressModule,
  options: Parameters<typeof anApp>[1],
): Promise<Record<string, string>> {
  const definitions = { flags: { DATA: ['0', 1, 'ann'] } };
  return (await aVisitor(express, { flags: [listed(), coded()], definitions, ...options })).flags();
}

const ALL_ON = { LISTED: 'on', CODED: 'on', DATA: 'on' };
const ALL_OFF = { LISTED: 'off', CODED: 'off', DATA: 'off' };

describe.each(EXPRESSES)('the user, in %s', (_name, express) => {
  it.each([
    ['req.user.id', { user: { id: 'ann' } }],
    ['req.session.userId', { session: { userId: 'ann' } }],
    ['req.session.userId where req.user has no id', { user: {}, session: { userId: 'ann' } }],
    ['req.session.userId where nobody is req.user', { user: null, session: { userId: 'ann' } }],
    ['0', { user: { id: 0 } }],
    ["'0'", { session: { userId: '0' } }],
    ['1', { user: { id: 1 } }],
    ["'1', who is 1", { user: { id: '1' } }],
    ['1n, who is 1', { user: { id: 1n } }],
  ])('is found as %s', async (_where, fields) => {
    expect(await flagsWith(express, { before: [having(fields)] })).toEqual(ALL_ON);
  });

  it.each([
    ['nothing', {}],
    ['another', { user: { id: 2 } }],
    ['null', { user: { id: null }, session: { userId: undefined } }],
    ['an empty id', { user: { id: '' } }],
    ['NaN', { user: { id: Number.NaN } }],
    ['an object', { user: { id: { toString: () => 'ann' } } }],
    ['a list', { user: { id: ['ann'] } }],
    ['no session', { session: null }],
    ['true', { user: { id: true } }],
  ])('is nobody listed when the request has %s', async (_what, fields) => {
    expect(await flagsWith(express, { before: [having(fields)] })).toEqual(ALL_OFF);
  });

  it('is preferred as req.user over the session', async () => {
    const before = [having({ user: { id: 2 }, session: { userId: 'ann' } })];
    expect(await flagsWith(express, { before })).toEqual(ALL_OFF);
  });

  it('is whom the userId option names', async () => {
    expect(await flagsWith(express, { userId: (req) => req.get('Host') && 'ann' })).toEqual(ALL_ON);
    expect(await flagsWith(express, { userId: () => null, before: [having({ user: { id: 1 } })] })).toEqual(ALL_OFF);
  });

  it('is handed to flags as the app gave it', async () => {
    const types: unknown[] = [];
    const spy = new AnyFlag('SPY', ({ userId }) => {
      types.push(userId);
      return 'off';
    });
    await flagsWith(express, { flags: [spy], definitions: { flags: {} }, userId: () => 0 });
    await flagsWith(express, { flags: [spy], definitions: { flags: {} }, userId: () => '0' });
    expect(types).toEqual([0, '0']);
  });

  it('is unknown where userId throws, which is logged once and no error page', async () => {
    const logger = new Recorder();
    const userId = (): never => {
      throw new Error('no session store');
    };
    const visitor = await aVisitor(express, { flags: [listed()], userId, logger });
    expect([await visitor.flags(), await visitor.flags()]).toEqual([{ LISTED: 'off' }, { LISTED: 'off' }]);
    expect(logger.messages).toEqual([expect.stringContaining('userId(req) threw: no session store')]);
  });

  it.each([
    ['resolves', async () => 'ann'],
    ['rejects', async () => Promise.reject(new Error('no session store'))],
  ])('is unknown where userId gives a promise that %s, and the log says what to return', async (_how, userId) => {
    const logger = new Recorder();
    const visitor = await aVisitor(express, { flags: [listed()], userId: userId as never, logger });
    expect([await visitor.flags(), await visitor.flags()]).toEqual([{ LISTED: 'off' }, { LISTED: 'off' }]);
    expect(logger.messages).toContainEqual(expect.stringMatching(/userId\(req\) returned a promise.*synchronously/));
    expect(logger.messages.length).toBeLessThanOrEqual(2);
  });

  it('is found when log-in stands behind the gatekeeper', async () => {
    expect(await flagsWith(express, { after: [having({ user: { id: 'ann' } })] })).toEqual(ALL_ON);
  });

  it('is found by log-in even after flags were read for the visitor', async () => {
    const pages: unknown[] = [];
    const read = onTheWay((req) => pages.push(req.gk.all()));
    expect(await flagsWith(express, { after: [read, having({ user: { id: 'ann' } }), read] })).toEqual(ALL_ON);
    expect(pages).toEqual([ALL_OFF, ALL_ON]);
  });

  it('stays found: the id is looked up until there is one, and then no more', async () => {
    const answers = [undefined, null, '', 'ann', 'bob'];
    const userId = vi.fn(() => answers.shift());
    const visitor = await aVisitor(express, {
      flags: [listed()],
      userId,
      routes: (app) => {
        app.get('/six-times', (req, res) => void res.json([1, 2, 3, 4, 5, 6].map(() => req.gk.ffVariant('LISTED'))));
      },
    });
    const { body } = await visitor.get('/six-times');
    expect(body).toEqual([...body].sort());
    expect(body.at(-1)).toBe('on');
    expect(userId).toHaveBeenCalledTimes(4);
  });

  it('logs in and out with express-session, mounted before or behind', async () => {
    const sessions = session({ secret: 's', resave: false, saveUninitialized: false });
    for (const stack of [{ before: [sessions] }, { after: [sessions] }]) {
      const app = anApp(express, {
        flags: [listed()],
        ...stack,
        routes: (routes) => {
          routes.post('/log-in', (req, res) => void res.json(Object.assign(req.session, { userId: 0 }).userId));
          routes.post('/log-out', (req, res) => req.session.destroy(() => void res.json('bye')));
        },
      });
      const agent = request.agent(await serve(app));
      const flags = async (): Promise<unknown> => (await agent.get('/flags')).body;
      expect(await flags()).toEqual({ LISTED: 'off' });
      await agent.post('/log-in');
      expect(await flags()).toEqual({ LISTED: 'on' });
      await agent.post('/log-out');
      expect(await flags()).toEqual({ LISTED: 'off' });
    }
  });

  it('may be another one: both may ask at the same time', async () => {
    const visitor = await aVisitor(express, { flags: [listed()], after: [logIn] });
    const users = Array.from({ length: 40 }, (_, index) => index % 4);
    const got = await Promise.all(users.map(async (user) => (await visitor.flags({ 'X-User': `${user}` }))['LISTED']));
    expect(got).toEqual(users.map((user) => (user < 2 ? 'on' : 'off')));
  });
});
