import { setTimeout as delay } from 'node:timers/promises';
import type { Express, Request, RequestHandler } from 'express';
import { flag } from 'express-gatekeeper';
import { describe, expect, it, vi } from 'vitest';
import { EXPRESSES } from './expresses.js';
import { AnyFlag, forAttributes } from './flags.js';
import { logIn, onTheWay } from './on-the-way.js';
import { Recorder } from './recorder.js';
import { aVisitor } from './visitor.js';

interface Known {
  readonly user?: { readonly id?: string };
}

/** What a database would say about the user of a request. */
function plan(req: Request): { plan: string } {
  const { user } = req as Known;
  return { plan: user?.id === 'ann' ? 'premium' : 'free' };
}

const premium = (): AnyFlag[] => ['A', 'B', 'C'].map((name) => forAttributes(name, ({ plan: is }) => is === 'premium'));
const ANN = { 'X-User': 'ann' };
const ALL_ON = { A: 'on', B: 'on', C: 'on' };
const ALL_OFF = { A: 'off', B: 'off', C: 'off' };
const STILL_COMING = expect.stringMatching(/still coming.*Declare .* `async`.*after log-in.*req\.gk\.ready\(\)/);

/** The same flags as data. */
const premiumAsData = {
  flags: Object.fromEntries(
    ['A', 'B', 'C'].map((name) => [name, { rules: [{ when: { plan: 'premium' } }], serve: 'off' }]),
  ),
};

/** The two ways to write a flag that looks at attributes. */
const KINDS = [
  ['code', { flags: premium() }],
  ['data', { flags: [], definitions: premiumAsData }],
] as const;

/** Reads a flag before the attributes are there, and it and another one after. */
function readingAround(app: Express): void {
  app.get('/around', (req, res, next) => {
    const before = req.gk.ffVariant('A');
    req.gk.ready().then(() => res.json([before, req.gk.ffVariant('A'), req.gk.ffVariant('B')]), next);
  });
  app.get('/around/explained', (req, res, next) => {
    req.gk.ffVariant('A');
    req.gk.ready().then(() => res.json(req.gk.explain('A')), next);
  });
}

describe.each(EXPRESSES)('attributes, in %s', (_name, express) => {
  describe('given by a plain function', () => {
    it('decide, and are read once per request however many flags look at them', async () => {
      const attributes = vi.fn(plan);
      const visitor = await aVisitor(express, { flags: premium(), attributes, after: [logIn] });
      expect(await visitor.flags(ANN)).toEqual(ALL_ON);
      expect(attributes).toHaveBeenCalledTimes(1);
      expect(await visitor.flags()).toEqual(ALL_OFF);
      expect(attributes).toHaveBeenCalledTimes(2);
    });

    it('are not read for flags that do not look', async () => {
      const attributes = vi.fn(plan);
      const flags = [new AnyFlag('USER', ({ isUser }) => (isUser('ann') ? 'on' : 'off'))];
      const visitor = await aVisitor(express, {
        flags,
        definitions: { flags: { half: 50 } },
        attributes,
        after: [logIn],
      });
      expect(await visitor.flags(ANN)).toMatchObject({ USER: 'on' });
      expect(attributes).not.toHaveBeenCalled();
    });

    it('are read again when somebody logs in', async () => {
      const attributes = vi.fn(plan);
      const early = onTheWay((req) => req.gk.ff('A', 'on'));
      const visitor = await aVisitor(express, { flags: premium(), attributes, after: [early, logIn] });
      expect(await visitor.flags(ANN)).toEqual(ALL_ON);
      expect(attributes).toHaveBeenCalledTimes(2);
    });

    it.each([
      ['a list', ['premium']],
      ['a string', 'premium'],
      ['true', true],
    ])('are none when it returns %s, and the log says what to return', async (_what, given) => {
      const logger = new Recorder();
      const visitor = await aVisitor(express, { flags: premium(), attributes: () => given as never, logger });
      expect([await visitor.flags(), await visitor.flags()]).toEqual([ALL_OFF, ALL_OFF]);
      expect(logger.messages).toEqual([expect.stringMatching(/attributes\(req\) returned .*; return an object/)]);
    });

    it.each([
      ['undefined', undefined],
      ['null', null],
    ])('are silently none when it returns %s', async (_what, given) => {
      const logger = new Recorder();
      const visitor = await aVisitor(express, { flags: premium(), attributes: () => given as never, logger });
      expect(await visitor.flags()).toEqual(ALL_OFF);
      expect(logger.messages).toEqual([]);
    });

    it('are none when it throws, which is logged once and no error page', async () => {
      const logger = new Recorder();
      const attributes = (): never => {
        throw new Error('no database');
      };
      const visitor = await aVisitor(express, { flags: premium(), attributes, logger });
      expect([await visitor.flags(), await visitor.flags()]).toEqual([ALL_OFF, ALL_OFF]);
      expect(logger.messages).toEqual([expect.stringContaining('attributes(req) threw: no database')]);
    });
  });

  describe('given by an async function', () => {
    const attributes = async (req: Request): Promise<{ plan: string }> => {
      await delay(1);
      return plan(req);
    };

    it('are there before the handlers run', async () => {
      const visitor = await aVisitor(express, { flags: premium(), attributes, before: [logIn] });
      expect(await visitor.flags(ANN)).toEqual(ALL_ON);
      expect(await visitor.flags()).toEqual(ALL_OFF);
    });

    it('are read once per request', async () => {
      const spy = vi.fn();
      const spied = async (req: Request): Promise<{ plan: string }> => {
        spy();
        return attributes(req);
      };
      const visitor = await aVisitor(express, { flags: premium(), attributes: spied, before: [logIn] });
      await visitor.flags(ANN);
      expect(spy).toHaveBeenCalledTimes(1);
    });

    it('leave flag() working behind the wait', async () => {
      const visitor = await aVisitor(express, {
        flags: premium(),
        attributes,
        before: [logIn],
        routes: (app) => void app.get('/below', (_req, res) => void res.json(flag('A'))),
      });
      expect((await visitor.get('/below').set(ANN)).body).toBe(true);
    });

    it.each(KINDS)(
      'come with ready() when log-in stands behind the gatekeeper; what %s decided before stays',
      async (_kind, flags) => {
        const logger = new Recorder();
        const visitor = await aVisitor(express, {
          ...flags,
          attributes,
          logger,
          after: [logIn],
          routes: readingAround,
        });
        expect((await visitor.get('/around').set(ANN)).body).toEqual(['off', 'off', 'on']);
        expect(logger.messages).toEqual([STILL_COMING]);
      },
    );

    it.each(KINDS)(
      'that come after %s decided are explained with one deciding step, the last',
      async (_kind, flags) => {
        const visitor = await aVisitor(express, { ...flags, attributes, after: [logIn], routes: readingAround });
        const { steps, text } = (await visitor.get('/around/explained').set(ANN)).body;
        const deciding = steps.filter(({ decided }: { decided: boolean }) => decided);
        expect(deciding).toEqual([steps.at(-1)]);
        expect(deciding).toEqual([expect.objectContaining({ text })]);
      },
    );

    it('are none when they cannot be had: the page renders, and the log says why once', async () => {
      const logger = new Recorder();
      const failing = async (): Promise<never> => {
        throw new Error('no database');
      };
      const visitor = await aVisitor(express, { flags: premium(), attributes: failing, logger, before: [logIn] });
      expect([await visitor.flags(), await visitor.flags(ANN)]).toEqual([ALL_OFF, ALL_OFF]);
      expect(logger.messages).toEqual([expect.stringContaining('attributes(req) threw: no database')]);
    });
  });

  describe('given by a plain function that returns a promise', () => {
    const attributes = (req: Request): Promise<{ plan: string }> => delay(1).then(() => plan(req));

    it('come with ready()', async () => {
      const ready: RequestHandler = (req, _res, next) => void req.gk.ready().then(() => next(), next);
      const visitor = await aVisitor(express, { flags: premium(), attributes, after: [logIn, ready] });
      expect(await visitor.flags(ANN)).toEqual(ALL_ON);
    });

    it.each(KINDS)('leave as it was what %s decided before they came', async (_kind, flags) => {
      const visitor = await aVisitor(express, { ...flags, attributes, after: [logIn], routes: readingAround });
      expect((await visitor.get('/around').set(ANN)).body).toEqual(['off', 'off', 'on']);
    });

    it('are awaited from the second request on; the first finds that out, and says so once', async () => {
      const logger = new Recorder();
      const visitor = await aVisitor(express, { flags: premium(), attributes, logger, before: [logIn] });
      expect(await visitor.flags(ANN)).toEqual(ALL_OFF);
      expect(logger.messages).toEqual([STILL_COMING]);
      for (const _each of [2, 3]) {
        expect(await visitor.flags(ANN)).toEqual(ALL_ON);
        expect(await visitor.flags()).toEqual(ALL_OFF);
      }
      expect(logger.messages).toHaveLength(1);
    });

    it('are found out to be a promise by the first request that reads them, whichever that is', async () => {
      const visitor = await aVisitor(express, {
        flags: [...premium(), new AnyFlag('OTHER', () => 'on')],
        attributes,
        before: [logIn],
        routes: (app) => void app.get('/other', (req, res) => void res.json(req.gk.ff('OTHER', 'on'))),
      });
      expect((await visitor.get('/other').set(ANN)).body).toBe(true);
      expect(await visitor.flags(ANN)).toMatchObject(ALL_OFF);
      expect(await visitor.flags(ANN)).toMatchObject(ALL_ON);
    });

    it('are none when they cannot be had: the page renders, and the log says why once', async () => {
      const logger = new Recorder();
      const failing = (): Promise<never> => delay(1).then(() => Promise.reject(new Error('no database')));
      const visitor = await aVisitor(express, { flags: premium(), attributes: failing, logger, before: [logIn] });
      for (const _each of [1, 2, 3]) expect(await visitor.flags(ANN)).toEqual(ALL_OFF);
      expect(logger.messages).toEqual([STILL_COMING, expect.stringContaining('attributes(req) threw: no database')]);
    });
  });

  it('may be what a flag buckets by: one company, one variant', async () => {
    const visitor = await aVisitor(express, {
      definitions: {
        flags: Object.fromEntries(
          Array.from({ length: 20 }, (_, index) => [`f${index}`, { serve: { percentage: 50 }, bucketBy: 'company' }]),
        ),
      },
      attributes: (req) => {
        const company = req.get('X-Company');
        return company === undefined ? {} : { company };
      },
      after: [logIn],
    });
    const ann = await visitor.flags({ 'X-User': 'ann', 'X-Company': 'acme' });
    expect(await visitor.flags({ 'X-User': 'bob', 'X-Company': 'acme' })).toEqual(ann);
    expect(await visitor.flags({ 'X-User': 'ann', 'X-Company': 'other' })).not.toEqual(ann);
    expect(new Set(Object.values(await visitor.flags(ANN)))).toEqual(new Set(['off']));
  });
});
