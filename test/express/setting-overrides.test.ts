import cookieParser from 'cookie-parser';
import type { Request, Response } from 'express';
import { flag, type GatekeeperOptions } from 'express-gatekeeper';
import request from 'supertest';
import { describe, expect, it } from 'vitest';
import { anApp, aVisitor, cookiesSet, logIn, overrideCookie, setCookieLines, Visitor } from './an-app.js';
import { EXPRESSES } from './expresses.js';
import { AnyFlag, MyNewFeature } from './flags.js';
import { Recorder } from './recorder.js';
import { serve } from './server.js';

const secret = 'a secret';
const flags = (): GatekeeperOptions['flags'] => [
  new MyNewFeature({ overrides: { NOT_VISIBLE: [42] } }),
  new AnyFlag('OTHER', () => 'off', { variants: ['red', 'blue', 'off'] }),
  new AnyFlag('ADMIN', () => 'off', { kind: 'permission' }),
  new AnyFlag('FIXED', () => 'off', { overridable: false }),
  new AnyFlag('GRANTED', () => 'off', { kind: 'permission', overridable: true }),
];

describe.each(EXPRESSES)('an override set for a browser, in %s', (_name, express) => {
  const options: GatekeeperOptions = { flags: flags(), browserOverrides: { secret } };

  /** One request whose handler does what the test says. */
  const handle = async (handler: (req: Request, res: Response) => unknown): Promise<request.Response> => {
    const routes = (app: ReturnType<typeof anApp>): void => {
      app.post('/', (req, res) => void res.json(handler(req, res) ?? null));
    };
    return (await aVisitor(express, { ...options, routes })).agent.post('/');
  };

  it('holds from the next request on, in that browser only, until it is cleared', async () => {
    const origin = await serve(anApp(express, options));
    const [ann, bob] = [new Visitor(origin), new Visitor(origin)];
    expect(await ann.set('MY_NEW_FEATURE', 'VISIBLE')).toBe(true);
    expect(await ann.set('OTHER', 'blue')).toBe(true);
    expect(await ann.flags()).toMatchObject({ MY_NEW_FEATURE: 'VISIBLE', OTHER: 'blue' });
    expect(await ann.overrides()).toEqual({ MY_NEW_FEATURE: 'VISIBLE', OTHER: 'blue' });
    expect(await bob.flags()).toMatchObject({ MY_NEW_FEATURE: 'NOT_VISIBLE', OTHER: 'off' });
    expect(await bob.overrides()).toEqual({});
    expect(await ann.set('OTHER', '')).toBe(true);
    expect(await ann.overrides()).toEqual({ MY_NEW_FEATURE: 'VISIBLE' });
    expect(await ann.set('OTHER', 'red')).toBe(true);
    expect(await ann.clear()).toBe(true);
    expect(await ann.overrides()).toEqual({});
    expect(await ann.flags()).toMatchObject({ MY_NEW_FEATURE: 'NOT_VISIBLE', OTHER: 'off' });
  });

  it('wins over a user override', async () => {
    const visitor = await aVisitor(express, { ...options, after: [logIn] }, { 'X-User': '42' });
    expect(await visitor.flags()).toMatchObject({ MY_NEW_FEATURE: 'NOT_VISIBLE' });
    await visitor.set('MY_NEW_FEATURE', 'VISIBLE');
    expect(await visitor.flags()).toMatchObject({ MY_NEW_FEATURE: 'VISIBLE' });
  });

  it('wins over a flag that is off, so that developers can look at what is not released', async () => {
    const definitions = { flags: { MY_NEW_FEATURE: false } };
    const visitor = await aVisitor(express, { ...options, definitions });
    await visitor.set('MY_NEW_FEATURE', 'VISIBLE');
    expect(await visitor.flags()).toMatchObject({ MY_NEW_FEATURE: 'VISIBLE' });
  });

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

  it('does not change the request that sets it', async () => {
    const { body } = await handle(({ gk }) => [
      gk.setBrowserOverrideVariant('MY_NEW_FEATURE', 'VISIBLE'),
      gk.ffVariant('MY_NEW_FEATURE'),
      gk.getBrowserOverrideVariants(),
    ]);
    expect(body).toEqual([true, 'NOT_VISIBLE', {}]);
  });

  it('travels in one cookie that no script reads and no other site sends', async () => {
    const answer = await handle(({ gk }) => [
      gk.setBrowserOverrideVariant('MY_NEW_FEATURE', 'VISIBLE'),
      gk.setBrowserOverrideVariant('OTHER', 'red'),
      gk.setBrowserOverrideVariant('OTHER', 'blue'),
    ]);
    expect(setCookieLines(answer)).toEqual([
      expect.stringMatching(/^gatekeeper=[\w-]+\.[\w-]{43}; Max-Age=1209600; Path=\/; HttpOnly; SameSite=Lax$/),
    ]);
  });

  it('is sent back over https only, once it came over https', async () => {
    const routes = (app: ReturnType<typeof anApp>): void => void app.set('trust proxy', 'loopback');
    const visitor = await aVisitor(express, { ...options, routes });
    const sent = visitor.agent.post('/override').query({ flag: 'OTHER', variant: 'red' });
    expect(setCookieLines(await sent.set('X-Forwarded-Proto', 'https'))).toEqual([expect.stringContaining('; Secure')]);
  });

  it('lasts as long as maxAge says', async () => {
    const visitor = await aVisitor(express, { ...options, browserOverrides: { secret, maxAge: 3_600_000 } });
    const answer = await visitor.agent.post('/override').query({ flag: 'OTHER', variant: 'red' });
    expect(setCookieLines(answer)).toEqual([expect.stringContaining('; Max-Age=3600;')]);
  });

  it('is taken back by the browser at once when everything is cleared', async () => {
    const visitor = await aVisitor(express, options);
    await visitor.set('OTHER', 'red');
    const lastOne = await visitor.agent.post('/override').query({ flag: 'OTHER', variant: '' });
    const all = await visitor.agent.post('/clear');
    for (const answer of [lastOne, all]) {
      expect(setCookieLines(answer)).toEqual([expect.stringMatching(/^gatekeeper=; Max-Age=0; Path=\/;/)]);
    }
  });

  it('is one of several set in one request, none of which is lost', async () => {
    const routes = (app: ReturnType<typeof anApp>): void => {
      app.post('/several', ({ gk }, res) => {
        const done = [
          gk.setBrowserOverrideVariant('MY_NEW_FEATURE', 'VISIBLE'),
          gk.setBrowserOverrideVariant('GRANTED', 'on'),
          gk.setBrowserOverrideVariant('OTHER', ''),
          gk.setBrowserOverrideVariant('NOWHERE', 'on'),
        ];
        res.json(done);
      });
      app.post('/other', ({ gk }, res) => {
        gk.clearBrowserOverrideVariants();
        gk.setBrowserOverrideVariant('OTHER', 'blue');
        res.json('done');
      });
    };
    const visitor = await aVisitor(express, { ...options, routes });
    await visitor.set('OTHER', 'red');
    const several = await visitor.agent.post('/several');
    expect([several.body, setCookieLines(several).length]).toEqual([[true, true, true, false], 1]);
    expect(await visitor.overrides()).toEqual({ MY_NEW_FEATURE: 'VISIBLE', GRANTED: 'on' });
    await visitor.agent.post('/other');
    expect(await visitor.overrides()).toEqual({ OTHER: 'blue' });
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
    const sent = request(await serve(after)).post('/override').query({ flag: 'NEW', variant: 'on' });
    expect(written(await sent.set('Cookie', cookie))).toEqual({ OTHER: 'red', NEW: 'on' });
  });

  it('is signed with cookie-parser’s secret where the app gives no other, mounted before or behind', async () => {
    for (const place of ['before', 'after']) {
      const app = anApp(express, { flags: flags(), [place]: [cookieParser('of the cookies')] });
      const visitor = new Visitor(await serve(app));
      const answer = await visitor.agent.post('/override').query({ flag: 'OTHER', variant: 'red' });
      expect(cookiesSet(answer).get('gatekeeper')).toMatch(/^[\w-]+\.[\w-]{43}$/);
      expect(await visitor.flags()).toMatchObject({ OTHER: 'red' });
    }
  });

  it('needs no allow when the app itself sets it', async () => {
    const visitor = await aVisitor(express, {
      ...options,
      routes: (app) => {
        app.post('/join-the-beta', (req, res) => {
          res.json(req.gk.setBrowserOverrideVariant('MY_NEW_FEATURE', 'VISIBLE'));
        });
      },
    });
    expect((await visitor.agent.post('/join-the-beta')).body).toBe(true);
    expect(await visitor.flags()).toMatchObject({ MY_NEW_FEATURE: 'VISIBLE' });
  });

  it('is seen by flag(), templates’ gk, details and explain alike', async () => {
    const visitor = await aVisitor(express, {
      ...options,
      routes: (app) => {
        app.get('/ways', ({ gk }, res) => {
          const { gk: shown } = res.locals;
          res.json([
            flag('MY_NEW_FEATURE', 'VISIBLE'),
            shown.ff('MY_NEW_FEATURE', 'VISIBLE'),
            gk.details('MY_NEW_FEATURE').reason,
            gk.explain('MY_NEW_FEATURE').text,
          ]);
        });
      },
    });
    await visitor.set('MY_NEW_FEATURE', 'VISIBLE');
    expect((await visitor.get('/ways')).body).toEqual([true, true, 'OVERRIDE', 'This browser is set to VISIBLE.']);
  });

  it('can be switched off for the whole app', async () => {
    const cookie = await overrideCookie(await serve(anApp(express, options)), { OTHER: 'red' });
    const origin = await serve(anApp(express, { flags: flags(), browserOverrides: false }));
    expect((await request(origin).get('/flags').set('Cookie', cookie)).body).toMatchObject({ OTHER: 'off' });
    expect(await new Visitor(origin).set('OTHER', 'red')).toBe(false);
  });
});
