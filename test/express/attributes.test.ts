import { setTimeout as delay } from 'node:timers/promises';
import type { Request, RequestHandler } from 'express';
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

    it('come with ready() when log-in stands behind the gatekeeper; what was read before stays', async () => {
      const logger = new Recorder();
      const visitor = await aVisitor(express, {
        flags: premium(),
        attributes,
        logger,
        after: [logIn],
        routes: (app) => {
          app.get('/ready', (req, res, next) => {
            const before = req.gk.ffVariant('A');
            req.gk.ready().then(() => res.json([before, req.gk.ffVariant('A'), req.gk.ffVariant('B')]), next);
          });
        },
      });
      expect((await visitor.get('/ready').set(ANN)).body).toEqual(['off', 'off', 'on']);
      expect(logger.messages).toEqual([expect.stringMatching(/was not awaited.*after log-in.*req\.gk\.ready\(\)/)]);
    });

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

    it('are there when the gatekeeper stands behind log-in, as the log advises', async () => {
      const logger = new Recorder();
      const visitor = await aVisitor(express, { flags: premium(), attributes, logger, before: [logIn] });
      expect(await visitor.flags(ANN)).toEqual(ALL_ON);
      expect(logger.messages).toEqual([]);
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
