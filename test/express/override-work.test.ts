import * as crypto from 'node:crypto';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { anApp } from './an-app.js';
import { overrideCookie } from './cookies.js';
import { EXPRESSES } from './expresses.js';
import { AnyFlag, MyNewFeature } from './flags.js';
import { logIn } from './on-the-way.js';
import { serve } from './server.js';
import { ask } from './wire.js';

vi.mock('node:crypto', async (original) => {
  const real = await original<typeof crypto>();
  return { ...real, createHmac: vi.fn(real.createHmac), hkdfSync: vi.fn(real.hkdfSync) };
});

const SECRETS = ['newest', 'newer', 'old'];

describe.each(EXPRESSES)('the work a cookie can cause, in %s', (_name, express) => {
  let origin: string;
  let valid: string;

  beforeEach(async () => {
    const flags = Array.from({ length: 100 }, (_, index) => new AnyFlag(`F${index}`));
    const app = anApp(express, {
      flags: [new MyNewFeature(), ...flags],
      browserOverrides: { secret: SECRETS },
      activeFlagsHeader: true,
      before: [logIn],
      routes: (routes) => {
        routes.get('/late', (req, res) => {
          req.gk.all();
          Object.assign(req, { user: { id: 7 } });
          res.json([req.gk.all(), req.gk.getBrowserOverrideVariants(), req.gk.explain('F1')]);
        });
      },
    });
    origin = await serve(app);
    valid = await overrideCookie(origin, { MY_NEW_FEATURE: 'VISIBLE' });
    vi.clearAllMocks();
  });

  it.each([
    ['a forged signature', `gatekeeper=e30.${'A'.repeat(43)}`],
    ['four hundred forged signatures', `gatekeeper=e30.${'A'.repeat(10)}; `.repeat(400)],
    ['an empty signature', 'gatekeeper=e30.'],
  ])('is one signature per secret and reading for %s, however many flags are read', async (_what, cookie) => {
    await ask(origin, '/flags', { Cookie: cookie });
    // The overrides are read for the page, and once more for whether to say which flags it read.
    expect(vi.mocked(crypto.createHmac).mock.calls.length).toBeLessThanOrEqual(2 * SECRETS.length);
    expect(crypto.hkdfSync).not.toHaveBeenCalled();
  });

  it.each([
    ['no cookie', ''],
    ['other cookies', 'a=b; c=d; not-gatekeeper=e30.AAAA'],
    ['an empty one', 'gatekeeper='],
    ['none with a signature', `gatekeeper=${'A'.repeat(3000)}`],
    ['one longer than ours can be', `gatekeeper=${'A'.repeat(7000)}.${'A'.repeat(43)}`],
    ['typed JSON', 'gatekeeper={"MY_NEW_FEATURE":"VISIBLE"}'],
    ['bad percent-encoding', `gatekeeper=${'%'.repeat(8000)}`],
  ])('is none for %s', async (_what, cookie) => {
    await ask(origin, '/flags', cookie === '' ? {} : { Cookie: cookie });
    expect(crypto.createHmac).not.toHaveBeenCalled();
  });

  it('is bounded for a valid one too, also when somebody logs in on the way', async () => {
    const { text } = await ask(origin, '/late', { Cookie: valid });
    expect(text).toContain('"MY_NEW_FEATURE":"VISIBLE"');
    expect(vi.mocked(crypto.createHmac).mock.calls.length).toBeLessThanOrEqual(3);
  });

  it('is one for a valid one signed with the newest secret', async () => {
    await ask(origin, '/flags', { Cookie: valid, 'X-User': '7' });
    expect(vi.mocked(crypto.createHmac).mock.calls.length).toBeLessThanOrEqual(2);
  });
});
