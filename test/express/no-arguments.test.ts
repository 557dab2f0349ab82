import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gatekeeper, registerFlags } from 'express-gatekeeper';
import request from 'supertest';
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { anApp } from './an-app.js';
import { overrideCookie } from './cookies.js';
import { EXPRESSES, type ExpressModule } from './expresses.js';
import { AnyFlag, MyNewFeature } from './flags.js';
import { logIn } from './on-the-way.js';
import { serve } from './server.js';

const home = process.cwd();
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gatekeeper-'));
  process.chdir(folder);
});

afterEach(() => {
  process.chdir(home);
  rmSync(folder, { recursive: true });
  vi.unstubAllEnvs();
});

registerFlags(new MyNewFeature(), [new AnyFlag('REGISTERED', () => 'on')]);

async function flagsOf(express: ExpressModule, user = '4'): Promise<unknown> {
  const app = express();
  const gk = gatekeeper();
  onTestFinished(() => gk.close());
  app.use(logIn, gk);
  app.get('/', (req, res) => void res.json(req.gk.all()));
  return (
    await request(await serve(app))
      .get('/')
      .set('X-User', user)
  ).body;
}

const REGISTERED = { MY_NEW_FEATURE: 'NOT_VISIBLE', REGISTERED: 'on' };

describe.each(EXPRESSES)('gatekeeper() without arguments, in %s', (_name, express) => {
  it('serves what was registered', async () => {
    expect(await flagsOf(express)).toEqual(REGISTERED);
    expect(await flagsOf(express, '1')).toEqual({ ...REGISTERED, MY_NEW_FEATURE: 'VISIBLE' });
  });

  it.each([
    ['flags.yaml', 'flags:\n  new_search: true\n  beta: [7, "8"]\n  on-sale: 0\n  everyone: 100\n'],
    ['flags.yml', 'features: { new_search: true, beta: [7, 8], on-sale: 0, everyone: 100 }'],
    ['flags.json', '{"flags": {"new_search": true, "beta": [7, "8"], "on-sale": 0, "everyone": 100}}'],
  ])('reads %s of the working directory too', async (file, text) => {
    writeFileSync(file, text);
    const plain = { ...REGISTERED, new_search: 'on', 'on-sale': 'off', everyone: 'on' };
    expect(await flagsOf(express)).toEqual({ ...plain, beta: 'off' });
    expect(await flagsOf(express, '7')).toEqual({ ...plain, beta: 'on' });
    expect(await flagsOf(express, '8')).toEqual({ ...plain, beta: 'on' });
  });

  it('lets the file decide about registered classes', async () => {
    writeFileSync('flags.yaml', 'flags: { REGISTERED: false, MY_NEW_FEATURE: 100 }');
    expect(await flagsOf(express)).toEqual({ REGISTERED: 'off', MY_NEW_FEATURE: 'VISIBLE' });
  });

  it('takes a flag named __proto__ from the file', async () => {
    writeFileSync('flags.yaml', 'flags:\n  __proto__: true\n  constructor: [7]\n');
    const flags = await flagsOf(express);
    expect(Object.entries(flags as object)).toEqual(
      expect.arrayContaining([
        ['__proto__', 'on'],
        ['constructor', 'off'],
      ]),
    );
  });

  it('is not disturbed by an empty file', async () => {
    writeFileSync('flags.yaml', '');
    expect(await flagsOf(express)).toEqual(REGISTERED);
  });

  it('signs overrides for the app that package.json names', async () => {
    const secret = 'shared by two apps of one company';
    const start = async (name: string): Promise<string> => {
      writeFileSync('package.json', JSON.stringify({ name }));
      return serve(anApp(express, { appName: undefined as never, browserOverrides: { secret } }));
    };
    const [shop, again, office] = [await start('shop'), await start('shop'), await start('office')];
    const cookie = await overrideCookie(shop, { MY_NEW_FEATURE: 'VISIBLE' });
    const overridesAt = async (origin: string): Promise<unknown> =>
      (await request(origin).get('/overrides').set('Cookie', cookie)).body;
    expect(await overridesAt(again)).toEqual({ MY_NEW_FEATURE: 'VISIBLE' });
    expect(await overridesAt(office)).toEqual({});
  });
});
