import type { ErrorRequestHandler } from 'express';
import { GatekeeperError, gatekeeper, requireFlag } from 'express-gatekeeper';
import request from 'supertest';
import { describe, expect, it } from 'vitest';
import { anApp } from './an-app.js';
import { overrideCookie } from './cookies.js';
import { EXPRESSES } from './expresses.js';
import { MyNewFeature } from './flags.js';
import { logIn } from './on-the-way.js';
import { serve } from './server.js';

const sayWhatIsWrong: ErrorRequestHandler = (error, _req, res, _next) => {
  res.status(500).json(error instanceof GatekeeperError ? [error.code, error.message] : String(error));
};

describe.each(EXPRESSES)('requireFlag(), in %s', (_name, express) => {
  const start = async (routes: (app: ReturnType<typeof anApp>) => void): Promise<string> => {
    const browserOverrides = { secret: 'a secret' };
    const app = anApp(express, { flags: [new MyNewFeature()], browserOverrides, after: [logIn], routes });
    app.use(sayWhatIsWrong);
    return serve(app);
  };
  const ANN = { 'X-User': '1' };

  it('lets those pass who get the variant, and answers 404 to the others', async () => {
    const origin = await start((app) => {
      app.get('/beta', requireFlag('MY_NEW_FEATURE', 'VISIBLE'), (_req, res) => void res.json('beta'));
      app.get('/old', requireFlag('MY_NEW_FEATURE', 'NOT_VISIBLE'), (_req, res) => void res.json('old'));
    });
    const pages = async (headers: Record<string, string>): Promise<unknown> => [
      (await request(origin).get('/beta').set(headers)).status,
      (await request(origin).get('/old').set(headers)).status,
    ];
    expect(await pages(ANN)).toEqual([200, 404]);
    expect(await pages({})).toEqual([404, 200]);
    expect(await pages({ Cookie: await overrideCookie(origin, { MY_NEW_FEATURE: 'VISIBLE' }) })).toEqual([200, 404]);
  });

  it('lets nobody pass for an unknown flag or variant', async () => {
    const origin = await start((app) => {
      app.get('/a', requireFlag('NOWHERE', 'on'), (_req, res) => void res.json('a'));
      app.get('/b', requireFlag('MY_NEW_FEATURE', 'SHOWN'), (_req, res) => void res.json('b'));
    });
    expect((await request(origin).get('/a').set(ANN)).status).toBe(404);
    expect((await request(origin).get('/b').set(ANN)).status).toBe(404);
  });

  it('goes on with the next route when asked to', async () => {
    const otherwise = 'nextRoute';
    const origin = await start((app) => {
      app.get('/', requireFlag('MY_NEW_FEATURE', 'VISIBLE', { otherwise }), (_req, res) => void res.json('new'));
      app.get('/', (_req, res) => void res.json('old'));
    });
    expect((await request(origin).get('/').set(ANN)).body).toBe('new');
    expect((await request(origin).get('/')).body).toBe('old');
  });

  it('answers as a handler likes, which may go on as well', async () => {
    const origin = await start((app) => {
      const soon = requireFlag('MY_NEW_FEATURE', 'VISIBLE', {
        otherwise: (req, res) => void res.status(403).json(`soon, ${req.path}`),
      });
      const open = requireFlag('MY_NEW_FEATURE', 'VISIBLE', { otherwise: (_req, _res, next) => next() });
      app.get('/soon', soon, (_req, res) => void res.json('here'));
      app.get('/open', open, (_req, res) => void res.json('here'));
    });
    const answer = await request(origin).get('/soon');
    expect([answer.status, answer.body]).toEqual([403, 'soon, /soon']);
    expect((await request(origin).get('/soon').set(ANN)).body).toBe('here');
    expect((await request(origin).get('/open')).body).toBe('here');
  });

  it('hands the error of a handler on', async () => {
    const origin = await start((app) => {
      const failing = requireFlag('MY_NEW_FEATURE', 'VISIBLE', {
        otherwise: () => {
          throw new Error('of the handler');
        },
      });
      app.get('/', failing, (_req, res) => void res.json('here'));
    });
    const answer = await request(origin).get('/');
    expect([answer.status, answer.body]).toEqual([500, 'Error: of the handler']);
  });

  it('guards a whole part of the site as app.use gate', async () => {
    const origin = await start((app) => {
      const beta = express.Router();
      beta.get(['/', '/deep/page'], (_req, res) => void res.json('beta'));
      app.use('/beta', requireFlag('MY_NEW_FEATURE', 'VISIBLE'), beta);
    });
    for (const path of ['/beta', '/beta/', '/beta/deep/page', '/BETA', '/beta/nowhere']) {
      expect((await request(origin).get(path)).status).toBe(404);
    }
    expect((await request(origin).get('/beta/deep/page').set(ANN)).body).toBe('beta');
  });

  it('lets nobody through as app.use gate that is told to go on with the next route', async () => {
    const otherwise = 'nextRoute';
    const origin = await start((app) => {
      app.use('/beta', requireFlag('MY_NEW_FEATURE', 'VISIBLE', { otherwise }));
      app.get('/beta', (_req, res) => void res.json('beta'));
    });
    expect((await request(origin).get('/beta').set(ANN)).body).toBe('beta');
    expect((await request(origin).get('/beta')).body).not.toBe('beta');
  });

  it.each([
    ['missing', false],
    ['too late', true],
  ])('says what to add when gatekeeper() is %s', async (_what, late) => {
    const app = express();
    app.get('/', requireFlag('MY_NEW_FEATURE', 'VISIBLE'), (_req, res) => void res.json('here'));
    if (late) app.use(gatekeeper({ flags: [new MyNewFeature()] }));
    app.use(sayWhatIsWrong);
    expect((await request(await serve(app)).get('/')).body).toEqual([
      'MIDDLEWARE_MISSING',
      expect.stringMatching(/requireFlag\("MY_NEW_FEATURE"\).*app\.use\(gatekeeper\(\)\) before this route/),
    ]);
  });
});

describe('requireFlag() refuses at once', () => {
  it.each<[string, unknown[], RegExp]>([
    ['no variant', ['MY_NEW_FEATURE'], /undefined for its variant/],
    ['no flag', [undefined, 'VISIBLE'], /undefined for its flag/],
    ['an empty name', ['', 'VISIBLE'], /"" for its flag/],
    ['a wrong otherwise', ['MY_NEW_FEATURE', 'VISIBLE', { otherwise: 'next' }], /"next" for otherwise; use 'notFound'/],
  ])('%s, and says what to write', (_what, given, message) => {
    expect(() => Reflect.apply(requireFlag, undefined, given)).toThrow(message);
  });
});
