import type { Request, Response } from 'express';
import type { FeatureFlagConfig, GatekeeperOptions } from 'express-gatekeeper';
import request from 'supertest';
import { describe, expect, it } from 'vitest';
import { anApp } from './an-app.js';
import { cookiesSet, overrideCookie, setCookieLines } from './cookies.js';
import { EXPRESSES } from './expresses.js';
import { AnyFlag, MyNewFeature } from './flags.js';
import { Recorder } from './recorder.js';
import { serve } from './server.js';
import { aVisitor, Visitor } from './visitor.js';

const secret = 'a secret';
const flags = (): FeatureFlagConfig[] => [
  new MyNewFeature(),
  new AnyFlag('OTHER', () => 'off', { variants: ['red', 'blue', 'off'] }),
  new AnyFlag('ADMIN', () => 'off', { kind: 'permission' }),
  new AnyFlag('FIXED', () => 'off', { overridable: false }),
];

describe.each(EXPRESSES)('an override of a browser, in %s', (_name, express) => {
  const options: GatekeeperOptions = { flags: flags(), browserOverrides: { secret } };

  /** One request whose handler does what the test says. */
  const handle = async (handler: (req: Request, res: Response) => unknown): Promise<request.Response> => {
    const routes = (app: ReturnType<typeof anApp>): void => {
      app.post('/', (req, res) => void res.json(handler(req, res) ?? null));
    };
    return (await aVisitor(express, { ...options, routes })).agent.post('/');
  };

  it('never wins over a kill', async () => {
    const cookie = await overrideCookie(await serve(anApp(express, options)), { MY_NEW_FEATURE: 'VISIBLE' });
    const definitions = { flags: { MY_NEW_FEATURE: { killed: true } } };
    const origin = await serve(anApp(express, { ...options, definitions }));
    const killed = (await request(origin).get('/flags').set('Cookie', cookie)).body;
    expect(killed).toMatchObject({ MY_NEW_FEATURE: 'NOT_VISIBLE' });
    const visitor = new Visitor(origin);
    await visitor.set('MY_NEW_FEATURE', 'VISIBLE');
    expect(await visitor.flags()).toMatchObject({ MY_NEW_FEATURE: 'NOT_VISIBLE' });
  });

  it.each([
    ['an unknown flag', 'NOWHERE', 'on'],
    ['an unknown flag, cleared', 'NOWHERE', ''],
    ['an unknown variant', 'MY_NEW_FEATURE', 'SHOWN'],
    ['a variant in other letters', 'MY_NEW_FEATURE', 'visible'],
    ['a name every object has', 'MY_NEW_FEATURE', 'constructor'],
    ['undefined', 'MY_NEW_FEATURE', undefined],
    ['null', 'MY_NEW_FEATURE', null],
    ['a list', 'MY_NEW_FEATURE', ['VISIBLE']],
    ['a permission', 'ADMIN', 'on'],
    ['a flag that takes none', 'FIXED', 'on'],
  ])('is refused for %s, and no cookie is set', async (_what, name, variant) => {
    const answer = await handle(({ gk }) => gk.setBrowserOverrideVariant(name, variant as string));
    expect([answer.status, answer.body, setCookieLines(answer)]).toEqual([200, false, []]);
  });

  it('is not in force for a permission, even in a cookie signed when it was none', async () => {
    const lax = await serve(anApp(express, { flags: [new AnyFlag('ADMIN')], browserOverrides: { secret } }));
    const cookie = await overrideCookie(lax, { ADMIN: 'on' });
    expect((await request(lax).get('/flags').set('Cookie', cookie)).body).toEqual({ ADMIN: 'on' });
    const strict = await serve(anApp(express, options));
    expect((await request(strict).get('/flags').set('Cookie', cookie)).body).toMatchObject({ ADMIN: 'off' });
    expect((await request(strict).get('/overrides').set('Cookie', cookie)).body).toEqual({});
  });

  it('throws when the headers are already sent, and says where to do it', async () => {
    const caught: unknown[] = [];
    const routes = (app: ReturnType<typeof anApp>): void => {
      app.get('/late', ({ gk }, res) => {
        res.write('too late');
        for (const late of [
          () => gk.setBrowserOverrideVariant('OTHER', 'red'),
          () => gk.setBrowserOverrideVariant('NOWHERE', 'red'),
          () => gk.clearBrowserOverrideVariants(),
        ]) {
          try {
            late();
          } catch (error) {
            caught.push(error);
          }
        }
        res.end();
      });
    };
    const visitor = await aVisitor(express, { ...options, routes });
    expect(setCookieLines(await visitor.get('/late'))).toEqual([]);
    const error = { code: 'HEADERS_SENT', message: expect.stringMatching(/already sent.*before res\.send\(\)/) };
    expect(caught).toEqual([error, error, error].map((one) => expect.objectContaining(one)));
  });

  it('is refused when the cookie is full, loses nothing, and the log says so', async () => {
    const logger = new Recorder();
    const names = Array.from({ length: 100 }, (_, index) => `folder-${index}/${'long'.repeat(20)}`);
    const visitor = await aVisitor(express, {
      flags: names.map((name) => new AnyFlag(name)),
      browserOverrides: { secret },
      logger,
    });
    const kept: Record<string, string> = {};
    let refused: string | undefined;
    for (const name of names) {
      const answer = await visitor.agent.post('/override').query({ flag: name, variant: 'on' });
      if (answer.body === false) {
        refused = name;
        expect(setCookieLines(answer)).toEqual([]);
        break;
      }
      kept[name] = 'on';
      expect(setCookieLines(answer).join().length).toBeLessThan(4096);
    }
    expect(refused).toBeDefined();
    expect(Object.keys(kept).length).toBeGreaterThan(15);
    expect(await visitor.overrides()).toEqual(kept);
    expect(logger.messages).toEqual([expect.stringMatching(/more than a cookie holds.*clear some/)]);
    expect(await visitor.set(names[0] ?? '', '')).toBe(true);
    expect(await visitor.set(names[1] ?? '', 'off')).toBe(true);
  });

  it('drops flags that are gone when the cookie is written again', async () => {
    const written = (answer: request.Response): unknown => {
      const [payload = ''] = (cookiesSet(answer).get('gatekeeper') ?? '').split('.');
      return JSON.parse(Buffer.from(payload, 'base64url').toString()).overrides;
    };
    const before = await serve(anApp(express, options));
    const cookie = await overrideCookie(before, { MY_NEW_FEATURE: 'VISIBLE', OTHER: 'red' });
    const after = anApp(express, {
      flags: [new AnyFlag('OTHER', () => 'off', { variants: ['red', 'off'] }), new AnyFlag('NEW')],
      browserOverrides: { secret },
    });
    const sent = request(await serve(after))
      .post('/override')
      .query({ flag: 'NEW', variant: 'on' });
    expect(written(await sent.set('Cookie', cookie))).toEqual({ OTHER: 'red', NEW: 'on' });
  });

  it('can be switched off for the whole app', async () => {
    const cookie = await overrideCookie(await serve(anApp(express, options)), { OTHER: 'red' });
    const origin = await serve(anApp(express, { flags: flags(), browserOverrides: false }));
    expect((await request(origin).get('/flags').set('Cookie', cookie)).body).toMatchObject({ OTHER: 'off' });
    expect(await new Visitor(origin).set('OTHER', 'red')).toBe(false);
  });
});
