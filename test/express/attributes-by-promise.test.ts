import { setTimeout as delay } from 'node:timers/promises';
import type { Express, Request, RequestHandler } from 'express';
import { flag } from 'express-gatekeeper';
import { describe, expect, it, vi } from 'vitest';
import { EXPRESSES } from './expresses.js';
import { AnyFlag } from './flags.js';
import { logIn } from './on-the-way.js';
import { ALL_OFF, ALL_ON, ANN, plan, premium, premiumAsData } from './premium.js';
import { Recorder } from './recorder.js';
import { aVisitor } from './visitor.js';

const STILL_COMING = expect.stringMatching(/still coming.*Declare .* `async`.*after log-in.*req\.gk\.ready\(\)/);

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
});
