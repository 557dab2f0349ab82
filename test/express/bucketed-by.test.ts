import type { Request } from 'express';
import session from 'express-session';
import { describe, expect, it } from 'vitest';
import { anApp } from './an-app.js';
import { cookiesSet, setCookieLines } from './cookies.js';
import { EXPRESSES } from './expresses.js';
import { fortyFlags } from './forty-flags.js';
import { logIn, onTheWay } from './on-the-way.js';
import { Recorder } from './recorder.js';
import { serve } from './server.js';
import { aVisitor, Visitor } from './visitor.js';

const sessionIdOf = (req: Request): string => req.sessionID;
const ID = 'hL3kQ9_-aZ0bY1cX2dW4ew';

describe.each(EXPRESSES)('the bucket of a visitor, in %s', (_name, express) => {
  it('is the same at every visit, and another one for other visitors', async () => {
    const origin = await serve(anApp(express, { definitions: fortyFlags() }));
    const [ann, bob] = [new Visitor(origin), new Visitor(origin)];
    const first = await ann.flags();
    expect(new Set(Object.values(first))).toEqual(new Set(['on', 'off']));
    expect([await ann.flags(), await ann.flags()]).toEqual([first, first]);
    expect(await bob.flags()).not.toEqual(first);
  });

  it('gives way to that of the user at log-in: users get the same on every device', async () => {
    const origin = await serve(anApp(express, { definitions: fortyFlags(), after: [logIn] }));
    const [phone, desktop] = [new Visitor(origin), new Visitor(origin)];
    expect(await phone.flags()).not.toEqual(await desktop.flags());
    expect(await phone.flags({ 'X-User': 'ann' })).toEqual(await desktop.flags({ 'X-User': 'ann' }));
  });

  it('stays through log-in for a flag that buckets by the anonymous id', async () => {
    const visitor = await aVisitor(express, { definitions: fortyFlags('anonymousId'), after: [logIn] });
    const before = await visitor.flags();
    expect(await visitor.flags({ 'X-User': 'ann' })).toEqual(before);
    expect(await visitor.flags({ 'X-User': 'bob' })).toEqual(before);
    expect(await visitor.flags()).toEqual(before);
  });

  it('stays for it also when log-in happens between two looks of one request', async () => {
    const looks: unknown[] = [];
    const look = onTheWay((req) => looks.push(req.gk.all()));
    const visitor = await aVisitor(express, { definitions: fortyFlags('anonymousId'), after: [look, logIn, look] });
    const answer = await visitor.get('/flags').set('X-User', 'ann');
    expect(looks).toEqual([answer.body, answer.body]);
    expect(setCookieLines(answer)).toHaveLength(1);
  });

  it('is none for a flag that buckets by the user id', async () => {
    const visitor = await aVisitor(express, { definitions: fortyFlags('userId') });
    const answer = await visitor.get('/flags');
    expect(new Set(Object.values(answer.body))).toEqual(new Set(['off']));
    expect(setCookieLines(answer)).toEqual([]);
  });

  it('can be switched off: without one everybody gets the off variant', async () => {
    const visitor = await aVisitor(express, { definitions: fortyFlags(), anonymousId: false, after: [logIn] });
    const answer = await visitor.get('/flags').set('Cookie', `gatekeeper_id=${ID}`);
    expect(new Set(Object.values(answer.body))).toEqual(new Set(['off']));
    expect(setCookieLines(answer)).toEqual([]);
    expect(new Set(Object.values(await visitor.flags({ 'X-User': 'ann' })))).toEqual(new Set(['on', 'off']));
  });

  it.each([
    ['for a flag that buckets by it', { definitions: fortyFlags('sessionId') }],
    ['for an app that names it the visitor’s', { definitions: fortyFlags(), anonymousId: sessionIdOf }],
  ])('stays for the rest of a request that gives its session a new id, %s', async (_where, options) => {
    const visitor = await aVisitor(express, {
      ...options,
      before: [session({ secret: 's', resave: false, saveUninitialized: true })],
      routes: (app) => {
        app.get('/new-session', (req, res, next) => {
          const before = req.gk.all();
          req.session.regenerate((error) => (error ? next(error) : res.json([before, req.gk.all()])));
        });
      },
    });
    const [before, after] = (await visitor.get('/new-session')).body;
    expect(after).toEqual(before);
    expect(await visitor.flags()).not.toEqual(before);
  });

  it('can be drawn by an id of the app’s own, such as that of its session', async () => {
    const app = anApp(express, {
      definitions: fortyFlags(),
      anonymousId: sessionIdOf,
      before: [session({ secret: 's', resave: false, saveUninitialized: true })],
    });
    const origin = await serve(app);
    const [ann, bob] = [new Visitor(origin), new Visitor(origin)];
    const first = await ann.flags();
    expect(await ann.flags()).toEqual(first);
    expect(await bob.flags()).not.toEqual(first);
    expect(cookiesSet(await bob.get('/flags')).has('gatekeeper_id')).toBe(false);
  });

  it('can be drawn by the session for a single flag', async () => {
    const app = anApp(express, {
      definitions: fortyFlags('sessionId'),
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
      definitions: fortyFlags(),
      anonymousId: anonymousId as () => string,
      logger,
    });
    expect(new Set(Object.values(await visitor.flags()))).toEqual(new Set(['off']));
    expect(logger.messages).toEqual([expect.stringMatching(message)]);
  });
});
