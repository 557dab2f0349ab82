import { flag } from 'express-gatekeeper';
import { overrideFlags } from 'express-gatekeeper/testing';
import request from 'supertest';
import { describe, expect, it } from 'vitest';
import { EXPRESSES } from '../express/expresses.js';
import { serve } from '../express/server.js';
import { Visitor } from '../express/visitor.js';
import { aShop, served } from './a-shop.js';

const [[, express]] = EXPRESSES;

describe('overrideFlags() goes over', () => {
  it.each([
    ['a kill', 'killed', 'on'],
    ['a flag that is off', 'disabled', 'on'],
    ['a percentage, to either side', 'half', 'on'],
    ['a percentage, to either side', 'half', 'off'],
    ['a list of users', 'listed', 'off'],
    ['a permission', 'admin', 'on'],
    ['a flag’s code', 'CODED', 'off'],
    ['a prerequisite that is not met', 'after', 'on'],
  ])('%s: %s is %s', (_what, name, variant) => {
    const { gk } = aShop(express);
    overrideFlags(gk, { [name]: variant }, () => {
      expect([served(gk, name), served(gk, name, 7), served(gk, name, 42)]).toEqual([variant, variant, variant]);
    });
  });

  it('user overrides', () => {
    const { gk } = aShop(express);
    expect(served(gk, 'MY_NEW_FEATURE', 42)).toBe('VISIBLE');
    overrideFlags(gk, { MY_NEW_FEATURE: 'NOT_VISIBLE' }, () => {
      expect(served(gk, 'MY_NEW_FEATURE', 42)).toBe('NOT_VISIBLE');
    });
  });

  it('what other flags look at: prerequisites and conditions', () => {
    const { gk } = aShop(express);
    expect([served(gk, 'after'), served(gk, 'beside')]).toEqual(['off', 'off']);
    overrideFlags(gk, { killed: 'on', listed: 'on' }, () => {
      expect([served(gk, 'after'), served(gk, 'beside')]).toEqual(['on', 'on']);
    });
  });
});

describe.each(EXPRESSES)('a request during overrideFlags(), in %s', (_name, module) => {
  it('sees it in req.gk, flag(), requireFlag() and everybody’s flags', async () => {
    const { app, gk } = aShop(module);
    const origin = await serve(app);
    const get = async (path: string): Promise<unknown> => (await request(origin).get(path).set('X-User', '4')).body;
    await overrideFlags(gk, { MY_NEW_FEATURE: 'VISIBLE' }, async () => {
      expect(await get('/flags')).toMatchObject({ MY_NEW_FEATURE: 'VISIBLE' });
      expect([await get('/ambient'), await get('/guarded')]).toEqual([true, 'here']);
    });
    expect(await get('/flags')).toMatchObject({ MY_NEW_FEATURE: 'NOT_VISIBLE' });
    expect(await get('/ambient')).toBe(false);
  });

  it('sees it also in a browser with an override, which comes back after it', async () => {
    const { app, gk } = aShop(module);
    const visitor = new Visitor(await serve(app));
    expect(await visitor.set('MY_NEW_FEATURE', 'VISIBLE')).toBe(true);
    await overrideFlags(gk, { MY_NEW_FEATURE: 'NOT_VISIBLE' }, async () => {
      expect(await visitor.flags()).toMatchObject({ MY_NEW_FEATURE: 'NOT_VISIBLE' });
      expect(await visitor.overrides()).toEqual({});
      expect(await visitor.set('MY_NEW_FEATURE', 'VISIBLE')).toBe(false);
    });
    expect(await visitor.flags()).toMatchObject({ MY_NEW_FEATURE: 'VISIBLE' });
    expect(await visitor.overrides()).toEqual({ MY_NEW_FEATURE: 'VISIBLE' });
  });

  it('keeps to what it saw first, whatever is fixed while it runs', async () => {
    const { app, gk } = aShop(module);
    app.get('/during', (req, res) => {
      const before = req.gk.ffVariant('CODED');
      const after = overrideFlags(gk, { CODED: 'on' }, () => [req.gk.ffVariant('CODED'), flag('CODED', 'on')]);
      res.json([before, ...after]);
    });
    expect((await request(await serve(app)).get('/during')).body).toEqual(['off', 'off', false]);
  });
});
