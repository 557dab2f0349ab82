import type { IRouter } from 'express';
import { flag, gatekeeper, requireFlag } from 'express-gatekeeper';
import request from 'supertest';
import { describe, expect, it } from 'vitest';
import { cookiesSet } from './cookies.js';
import { EXPRESSES, type ExpressModule } from './expresses.js';
import { MyNewFeature } from './flags.js';
import { MOUNTS } from './mounts.js';
import { NEIGHBOURS } from './neighbours.js';
import { logIn } from './on-the-way.js';
import { serve } from './server.js';

const SERVED = { short: true, long: true, variant: 'VISIBLE', details: 'OVERRIDE', anywhere: true, locals: true };
const HIDDEN = { short: false, long: false, variant: 'NOT_VISIBLE', details: 'DEFAULT', anywhere: false, locals: true };

function shop(routes: IRouter): void {
  routes.get('/', (req, res) => {
    res.json({
      short: req.gk.ff('MY_NEW_FEATURE', 'VISIBLE'),
      long: req.gk.featureFlag('MY_NEW_FEATURE', 'VISIBLE'),
      variant: req.gk.ffVariant('MY_NEW_FEATURE'),
      details: req.gk.details('MY_NEW_FEATURE').reason,
      anywhere: flag('MY_NEW_FEATURE', 'VISIBLE'),
      locals: res.locals.gk === req.gk,
    });
  });
  routes.get('/lottery', (req, res) => void res.json(req.gk.ffVariant('half')));
  routes.get('/beta', requireFlag('MY_NEW_FEATURE', 'VISIBLE'), (_req, res) => void res.json('welcome'));
  routes.post('/:variant', (req, res) => {
    const { variant } = req.params;
    res.json(req.gk.setBrowserOverrideVariant('MY_NEW_FEATURE', variant === 'none' ? '' : String(variant)));
  });
}

describe.each(EXPRESSES)('the main job, in %s', (_name, express) => {
  describe.each(MOUNTS)('%s', (_where, mount) => {
    describe.each(NEIGHBOURS)('%s', (_which, neighbours) => {
      const start = async (module: ExpressModule = express): Promise<string> => {
        const gk = gatekeeper({
          flags: [new MyNewFeature({ overrides: { VISIBLE: [42] } })],
          definitions: { flags: { half: 50 } },
          browserOverrides: { secret: 'of the overrides' },
          activeFlagsHeader: true,
          ambient: true,
        });
        return serve(mount(module, [...neighbours(), gk, logIn], shop));
      };

      it('shows the feature to those who should see it, and to nobody else', async () => {
        const origin = await start();
        expect((await request(origin).get('/shop')).body).toEqual(HIDDEN);
        expect((await request(origin).get('/shop').set('X-User', '42')).body).toEqual(SERVED);
        expect((await request(origin).get('/shop').set('X-User', '2')).body).toEqual({ ...SERVED, details: 'DEFAULT' });
        expect((await request(origin).get('/shop').set('X-User', '4')).body).toEqual(HIDDEN);
      });

      it('shows it in one browser, from the setting to the clearing', async () => {
        const origin = await start();
        const browser = request.agent(origin);
        const other = request.agent(origin);
        expect((await browser.post('/shop/VISIBLE')).body).toBe(true);
        const page = await browser.get('/shop');
        expect(page.body).toEqual(SERVED);
        expect(page.headers).toMatchObject({
          'cache-control': 'private, no-store',
          'x-active-flags': 'MY_NEW_FEATURE',
        });
        expect((await browser.get('/shop/beta')).body).toBe('welcome');
        expect((await other.get('/shop')).body).toEqual(HIDDEN);
        expect((await other.get('/shop/beta')).status).toBe(404);
        expect((await browser.post('/shop/none')).body).toBe(true);
        expect((await browser.get('/shop')).body).toEqual(HIDDEN);
      });

      it('gives a visitor one id, for good, on all pages', async () => {
        const visitor = request.agent(await start());
        const first = await visitor.get('/shop/lottery');
        const second = await visitor.get('/shop/lottery');
        expect(cookiesSet(first).get('gatekeeper_id')).toMatch(/^[\w-]{22}$/);
        expect(cookiesSet(second).has('gatekeeper_id')).toBe(false);
        expect(second.body).toBe(first.body);
      });
    });
  });
});
