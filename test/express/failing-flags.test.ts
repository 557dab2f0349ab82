import type { ErrorRequestHandler } from 'express';
import { FeatureFlagConfig, type Logger } from 'express-gatekeeper';
import { describe, expect, it } from 'vitest';
import { anApp } from './an-app.js';
import { EXPRESSES } from './expresses.js';
import { AnyFlag } from './flags.js';
import { Recorder } from './recorder.js';
import { serve } from './server.js';
import { aVisitor, Visitor } from './visitor.js';

const failing = new Error('no database');

describe.each(EXPRESSES)('a flag whose code fails, in %s', (_name, express) => {
  it.each<[string, () => unknown, RegExp]>([
    [
      'throws',
      () => {
        throw failing;
      },
      /pickVariant threw: no database/,
    ],
    [
      'throws what is no error',
      () => {
        throw 'a string';
      },
      /pickVariant threw: "a string"/,
    ],
    [
      'throws nothing',
      () => {
        throw undefined;
      },
      /pickVariant threw: undefined/,
    ],
    ['returns an unknown variant', () => 'SHOWN', /returned "SHOWN", which is not one of 'on', 'off'/],
    ['returns nothing', () => undefined, /returned undefined, which is not one of/],
    ['returns true', () => true, /returned true, which is not one of/],
    ['returns null', () => null, /returned null, which is not one of/],
    ['returns a String object', () => Object('on'), /which is not one of/],
    ['returns a promise', async () => 'on', /returned a promise; it must decide synchronously.*attributes\(req\)/],
    ['returns a promise that fails', async () => Promise.reject(failing), /returned a promise/],
    ['reads a part of the request that is not there', () => (undefined as unknown as { id: string }).id, /threw/],
  ])('because it %s serves its off variant, and says so once', async (_how, choose, message) => {
    const logger = new Recorder();
    const flags = [new AnyFlag('BROKEN', choose), new AnyFlag('FINE', () => 'on')];
    const visitor = await aVisitor(express, { flags, logger });
    for (const _each of [1, 2, 3]) {
      const page = await visitor.get('/flags');
      expect([page.status, page.body]).toEqual([200, { BROKEN: 'off', FINE: 'on' }]);
    }
    expect(logger.messages).toEqual([expect.stringMatching(message)]);
    expect(logger.messages[0]).toMatch(/^gatekeeper: Flag "BROKEN"/);
  });

  it('can still be overridden for users and in a browser', async () => {
    const broken = new AnyFlag(
      'BROKEN',
      () => {
        throw failing;
      },
      { overrides: { on: [7] } },
    );
    const origin = await serve(
      anApp(express, { flags: [broken], browserOverrides: { secret: 'a secret' }, userId: (req) => req.get('X-User') }),
    );
    const visitor = new Visitor(origin);
    expect(await visitor.flags({ 'X-User': '7' })).toEqual({ BROKEN: 'on' });
    await visitor.set('BROKEN', 'on');
    expect(await visitor.flags()).toEqual({ BROKEN: 'on' });
  });

  it('fails for itself alone: each flag is logged once', async () => {
    const logger = new Recorder();
    const flags = ['A', 'B'].map(
      (name) =>
        new AnyFlag(name, () => {
          throw failing;
        }),
    );
    const visitor = await aVisitor(express, { flags, logger });
    await visitor.flags();
    await visitor.flags();
    expect(logger.messages).toEqual([expect.stringContaining('"A"'), expect.stringContaining('"B"')]);
  });

  it.each<[string, Logger]>([
    [
      'throws',
      {
        warn() {
          throw new Error('disk full');
        },
        error() {
          throw new Error('disk full');
        },
      },
    ],
    ['is bound to itself', new (class extends Recorder {})()],
  ])('breaks no page when the logger %s', async (_how, logger) => {
    const flags = [new AnyFlag('BROKEN', () => 'SHOWN')];
    const visitor = await aVisitor(express, { flags, logger, userId: async () => 7 } as never);
    expect(await visitor.flags()).toEqual({ BROKEN: 'off' });
  });

  it('that asks for itself serves something, and the page renders', async () => {
    class Narcissus extends FeatureFlagConfig {
      flagName = 'NARCISSUS';
      variants = ['on', 'off'];
      pickVariant({ request: req }: { request: unknown }): string {
        return (req as { gk: { ff(flag: string, variant: string): boolean } }).gk.ff('NARCISSUS', 'on') ? 'on' : 'off';
      }
    }
    const visitor = await aVisitor(express, { flags: [new Narcissus()] });
    const page = await visitor.get('/flags');
    expect([page.status, page.body]).toEqual([200, { NARCISSUS: 'off' }]);
  });

  it('does not stand in the way of error pages, which have flags themselves', async () => {
    const errorPage: ErrorRequestHandler = (error, req, res, _next) => {
      res.status(500).json([error.message, req.gk.all(), req.gk.ff('NOWHERE', 'on')]);
    };
    const app = anApp(express, {
      flags: [new AnyFlag('BROKEN', () => 'SHOWN'), new AnyFlag('FINE', () => 'on')],
      routes: (routes) => {
        routes.get('/throws', () => {
          throw new Error('of the page');
        });
      },
    });
    app.use((req, res) => void res.status(404).json(req.gk.all()));
    app.use(errorPage);
    const visitor = new Visitor(await serve(app));
    const [notFound, broken] = [await visitor.get('/nowhere'), await visitor.get('/throws')];
    expect([notFound.status, notFound.body]).toEqual([404, { BROKEN: 'off', FINE: 'on' }]);
    expect([broken.status, broken.body]).toEqual([500, ['of the page', { BROKEN: 'off', FINE: 'on' }, false]]);
  });
});
