import cookieParser from 'cookie-parser';
import type { Request, Response } from 'express';
import { type FeatureFlagConfig, flag, type GatekeeperOptions } from 'express-gatekeeper';
import type request from 'supertest';
import { describe, expect, it } from 'vitest';
import { anApp } from './an-app.js';
import { cookiesSet, setCookieLines } from './cookies.js';
import { EXPRESSES } from './expresses.js';
import { AnyFlag, MyNewFeature } from './flags.js';
import { logIn } from './on-the-way.js';
import { serve } from './server.js';
import { aVisitor, Visitor } from './visitor.js';

const secret = 'a secret';
const flags = (): FeatureFlagConfig[] => [
  new MyNewFeature({ overrides: { NOT_VISIBLE: [42] } }),
  new AnyFlag('OTHER', () => 'off', { variants: ['red', 'blue', 'off'] }),
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
});
