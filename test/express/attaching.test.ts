import type { ErrorRequestHandler } from 'express';
import { FeatureFlagConfig, GatekeeperError, gatekeeper } from 'express-gatekeeper';
import request from 'supertest';
import { describe, expect, it } from 'vitest';
import { EXPRESSES } from './expresses.js';
import { AnyFlag, MyNewFeature } from './flags.js';
import { logIn, onTheWay } from './on-the-way.js';
import { serve } from './server.js';
import { aVisitor } from './visitor.js';

const sayWhatIsWrong: ErrorRequestHandler = (error, _req, res, _next) => {
  res.json(error instanceof GatekeeperError && [error.code, error.message]);
};

describe.each(EXPRESSES)('gatekeeper(), in %s', (_name, express) => {
  it('takes flags as a record, with names of the app’s choosing', async () => {
    const visitor = await aVisitor(express, { flags: { feature: new MyNewFeature(), other: new AnyFlag('OTHER') } });
    expect(await visitor.flags()).toEqual({ MY_NEW_FEATURE: 'NOT_VISIBLE', OTHER: 'off' });
  });

  it('takes flags that are plain JavaScript classes', async () => {
    class Plain extends FeatureFlagConfig {
      flagName = 'PLAIN';
      variants = ['RED', 'BLUE', 'NONE'];
      pickVariant({ userId }: { userId: unknown }): string {
        return userId === undefined ? 'NONE' : 'BLUE';
      }
    }
    const visitor = await aVisitor(express, { flags: [new Plain()], after: [logIn] });
    expect(await visitor.flags()).toEqual({ PLAIN: 'NONE' });
    expect(await visitor.flags({ 'X-User': '7' })).toEqual({ PLAIN: 'BLUE' });
  });

  it('shows the feature to whoever develops the app', async () => {
    const visitor = await aVisitor(express, {
      flags: [new MyNewFeature()],
      routes: (app) => void app.set('env', 'development'),
    });
    expect(await visitor.flags()).toEqual({ MY_NEW_FEATURE: 'VISIBLE' });
  });

  it('lays definitions over classes', async () => {
    const visitor = await aVisitor(express, {
      flags: [new AnyFlag('A', () => 'on'), new AnyFlag('B', () => 'on'), new AnyFlag('C'), new AnyFlag('D')],
      definitions: { flags: { A: true, B: false, C: 100, D: [7], E: true } },
      after: [logIn],
    });
    expect(await visitor.flags()).toEqual({ A: 'on', B: 'off', C: 'on', D: 'off', E: 'on' });
    expect(await visitor.flags({ 'X-User': '7' })).toMatchObject({ D: 'on' });
  });

  it('keeps what was read when it stands in a request’s way twice', async () => {
    let asked = 0;
    const gk = gatekeeper({ flags: [new AnyFlag('ONCE', () => (++asked === 1 ? 'on' : 'off'))] });
    const app = express();
    const readers = new Set<unknown>();
    const read = onTheWay((req, res) => {
      readers.add(req.gk).add(res.locals.gk);
      req.gk.ff('ONCE', 'on');
    });
    app.use(gk, read);
    app.get('/', gk, read, (req, res) => void res.json(req.gk.ffVariant('ONCE')));
    expect((await request(await serve(app)).get('/')).body).toBe('on');
    expect([asked, readers.size]).toEqual([1, 1]);
  });

  it('gives each of two gatekeepers its own part of the site', async () => {
    const app = express();
    const admin = express();
    app.use(gatekeeper({ flags: [new AnyFlag('SHOP', () => 'on')] }));
    admin.use(gatekeeper({ flags: [new AnyFlag('ADMIN', () => 'on')] }));
    for (const part of [app, admin])
      part.get('/flags', (req, res) => void res.json([req.gk.all(), res.locals.gk.all()]));
    app.use('/admin', admin);
    const origin = await serve(app);
    expect((await request(origin).get('/flags')).body).toEqual([{ SHOP: 'on' }, { SHOP: 'on' }]);
    expect((await request(origin).get('/admin/flags')).body).toEqual([{ ADMIN: 'on' }, { ADMIN: 'on' }]);
  });

  it('says what to write when it was handed to the app uncalled', async () => {
    const app = express();
    app.use(gatekeeper as never);
    app.use(sayWhatIsWrong);
    const { body } = await request(await serve(app)).get('/');
    expect(body).toEqual(['INVALID_OPTION', expect.stringContaining('write app.use(gatekeeper())')]);
  });
});

describe('gatekeeper() refuses at once', () => {
  it.each<[string, unknown, RegExp]>([
    ['what is no object', 'flags.yaml', /gatekeeper\(\) takes an object of options, not "flags\.yaml"/],
    ['an unknown option', { flag: [] }, /no option "flag".*flags, definitions/],
    ['a class instead of an instance', { flags: [MyNewFeature] }, /flags\[0\].*new MyNewFeature\(\)/],
    ['two flags of one name', { flags: [new AnyFlag('A'), new AnyFlag('A')] }, /"A".*twice/],
    [
      'a flag named with half a character',
      { flags: [new AnyFlag('half \ud800')] },
      /"half \\ud800".*halves of characters/,
    ],
    [
      'such a name in definitions',
      { definitions: { flags: { 'half \udc00': true } } },
      /definitions.*"half \\udc00".*halves of characters/,
    ],
    [
      'a variant named with half a character',
      { flags: [new AnyFlag('A', () => 'off', { variants: ['\ud83d', 'off'] })] },
      /"A".*the variant "\\ud83d".*control characters/,
    ],
    ['an empty secret', { browserOverrides: { secret: '' } }, /secret.*environment variable/],
    ['a secret nobody set', { browserOverrides: { secret: undefined } }, /undefined for browserOverrides\.secret/],
    ['a list without secrets', { browserOverrides: { secret: [] } }, /secret/],
    ['an allow that is no function', { browserOverrides: { allow: true } }, /true for allow; use a function/],
    ['a maxAge in the wrong unit', { browserOverrides: { maxAge: 14 } }, /14 for maxAge.*milliseconds/],
    ['browserOverrides: true', { browserOverrides: true }, /true for browserOverrides.*false or/],
    ['anonymousId: true', { anonymousId: true }, /true for anonymousId.*false or a function/],
    ['an ambient that is a word', { ambient: 'yes' }, /"yes" for ambient; use true or false/],
    ['a userId that is no function', { userId: 7 }, /7 for userId; use a function/],
    ['attributes that are no function', { attributes: { plan: 'free' } }, /for attributes; use a function/],
    ['a logger that cannot warn', { logger: { log() {} } }, /for logger.*such as console/],
  ])('%s, and says what to do', (_what, options, message) => {
    expect(() => gatekeeper(options as never)).toThrow(GatekeeperError);
    expect(() => gatekeeper(options as never)).toThrow(message);
  });
});
