import type { RequestHandler } from 'express';
import type { GatekeeperOptions } from 'express-gatekeeper';
import { describe, expect, it } from 'vitest';
import { anApp } from './an-app.js';
import { overrideCookie } from './cookies.js';
import { EXPRESSES } from './expresses.js';
import { AnyFlag } from './flags.js';
import { logIn, onTheWay } from './on-the-way.js';
import { serve } from './server.js';
import { type Answer, ask } from './wire.js';

/** A handler that reads these flags and answers. */
function reading(...names: string[]): RequestHandler {
  return (req, res) => {
    for (const name of names) req.gk.ffVariant(name);
    res.json('done');
  };
}

const on = (name: string): AnyFlag => new AnyFlag(name, () => 'on');
const FLAGS = [on('A'), on('B'), on('checkout/express-pay'), new AnyFlag('C'), new AnyFlag('D', () => 'SHOWN')];

describe.each(EXPRESSES)('X-Active-Flags, in %s', (_name, express) => {
  const start = async (handler: RequestHandler, options: GatekeeperOptions = {}): Promise<string> => {
    const routes = (app: ReturnType<typeof anApp>): void => void app.get('/', handler);
    const browserOverrides = { secret: 'a secret', allow: () => true };
    return serve(anApp(express, { flags: FLAGS, activeFlagsHeader: true, browserOverrides, routes, ...options }));
  };
  const header = ({ headers }: Answer): unknown => headers['x-active-flags'];

  it('lists the flags that were read and not off, in the order in which they were read', async () => {
    const origin = await start(reading('B', 'C', 'D', 'checkout/express-pay', 'NOWHERE', 'A', 'B'));
    expect(header(await ask(origin, '/'))).toBe('B, checkout/express-pay, A');
  });

  it.each([
    ['nothing was read', reading()],
    ['only flags that are off were read', reading('C', 'D')],
    ['only unknown flags were read', reading('NOWHERE')],
    [
      'flags were read for somebody else only',
      ((req, res) => void res.json(req.gk.ffVariant('A', 7))) satisfies RequestHandler,
    ],
  ])('is absent when %s', async (_when, handler) => {
    expect(header(await ask(await start(handler), '/'))).toBeUndefined();
  });

  it('is absent unless it is asked for', async () => {
    expect(header(await ask(await start(reading('A'), { activeFlagsHeader: false }), '/'))).toBeUndefined();
    expect(
      header(await ask(await start(reading('A'), { activeFlagsHeader: undefined as never }), '/')),
    ).toBeUndefined();
  });

  it('is only for those whom allow admits', async () => {
    const browserOverrides = {
      secret: 'a secret',
      allow: (req: { get(name: string): unknown }) => req.get('X-Staff') === '1',
    };
    const origin = await start(reading('A'), { browserOverrides });
    expect(header(await ask(origin, '/', { 'X-Staff': '1' }))).toBe('A');
    expect(header(await ask(origin, '/'))).toBeUndefined();
  });

  it.each<[string, Required<GatekeeperOptions>['browserOverrides']]>([
    ['refuses', { secret: 's', allow: () => false }],
    ['gives a promise', { secret: 's', allow: (async () => true) as never }],
    [
      'throws',
      {
        secret: 's',
        allow: () => {
          throw new Error('no');
        },
      },
    ],
    ['is not asked, as overrides are off', false],
  ])('is for nobody when allow %s', async (_how, browserOverrides) => {
    expect(header(await ask(await start(reading('A'), { browserOverrides }), '/'))).toBeUndefined();
  });

  it('is, without allow, only for browsers that hold a valid override', async () => {
    const origin = await start(reading('A'), { browserOverrides: { secret: 'a secret' } });
    const cookie = await overrideCookie(origin, { B: 'off' });
    expect(header(await ask(origin, '/', { Cookie: cookie }))).toBe('A');
    expect(header(await ask(origin, '/', { Cookie: `${cookie}x` }))).toBeUndefined();
    expect(header(await ask(origin, '/'))).toBeUndefined();
  });

  it('is, in development without a secret, for the developer at this machine alone', async () => {
    const origin = await start(reading('A'), { browserOverrides: {} });
    expect(header(await ask(origin, '/'))).toBe('A');
    expect(header(await ask(origin, '/', { 'X-Forwarded-For': '203.0.113.7' }))).toBeUndefined();
    expect(header(await ask(origin, '/', { Host: 'rebound.example' }))).toBeUndefined();
  });

  it('says what an override did', async () => {
    const origin = await start(reading('A', 'B', 'C'));
    const cookie = await overrideCookie(origin, { A: 'off', C: 'on' });
    expect(header(await ask(origin, '/', { Cookie: cookie }))).toBe('B, C');
  });

  it('lists what was read anywhere below the request, late too', async () => {
    const { flag } = await import('express-gatekeeper');
    const origin = await start((req, res) => {
      setTimeout(() => {
        flag('B');
        res.write(String(res.locals.gk.ff('A', 'on')));
        req.gk.ff('checkout/express-pay', 'on');
        res.end();
      }, 1);
    });
    expect(header(await ask(origin, '/'))).toBe('B, A');
  });

  it('lists what was read before log-in beside what was read after it', async () => {
    const early = onTheWay((req) => req.gk.isEnabled('A'));
    const origin = await start(reading('B'), { after: [early, logIn] } as GatekeeperOptions);
    expect(header(await ask(origin, '/', { 'X-User': '7' }))).toBe('A, B');
  });

  it.each([
    ['spaces and commas', 'a, b', 'a%2C%20b'],
    ['letters of other alphabets', 'größe/日本', 'gr%C3%B6%C3%9Fe/%E6%97%A5%E6%9C%AC'],
    ['emoji', '🚀', '%F0%9F%9A%80'],
    ['quotes and percent signs', '"100%"', '%22100%25%22'],
  ])('carries a name with %s', async (_what, name, carried) => {
    const answer = await ask(await start(reading(name), { flags: [on(name)] }), '/');
    expect([answer.status, header(answer)]).toEqual([200, carried]);
  });

  it('is never on a page that caches may hand to those who are not admitted', async () => {
    const origin = await start((req, res) => {
      res.set('Cache-Control', 'public, max-age=3600').json(req.gk.ffVariant('A'));
    });
    const answer = await ask(origin, '/');
    expect([header(answer), answer.headers['cache-control']]).not.toEqual(['A', 'public, max-age=3600']);
  });

  it('never grows longer than a header may be, and shows that it was cut', async () => {
    const names = Array.from({ length: 200 }, (_, index) => `${index}-${'ü'.repeat(190)}`);
    const origin = await start(reading(...names), { flags: names.map(on) });
    const answer = await ask(origin, '/');
    expect(answer.status).toBe(200);
    expect(String(header(answer)).length).toBeLessThan(4100);
    expect(header(answer)).toMatch(/^0-%C3.*, \.\.\.$/);
  });
});
