import { setTimeout as delay } from 'node:timers/promises';
import { GatekeeperError } from 'express-gatekeeper';
import { overrideFlags } from 'express-gatekeeper/testing';
import request from 'supertest';
import { describe, expect, it, vi } from 'vitest';
import { EXPRESSES } from '../express/expresses.js';
import { AnyFlag } from '../express/flags.js';
import { serve } from '../express/server.js';
import { aShop, served } from './a-shop.js';

const [[, express]] = EXPRESSES;

describe('overrideFlags()', () => {
  it('fixes flags for everyone until they are put back', () => {
    const { gk } = aShop(express);
    const before = gk.for().all();
    const restore = overrideFlags(gk, { CODED: 'on', listed: 'on' });
    expect(gk.for().all()).toEqual({ ...before, CODED: 'on', listed: 'on', beside: 'on' });
    restore();
    expect(gk.for().all()).toEqual(before);
    restore();
    expect(gk.for().all()).toEqual(before);
  });

  it('fixes none when none are given', () => {
    const { gk } = aShop(express);
    const before = gk.for().all();
    expect(overrideFlags(gk, {}, () => gk.for().all())).toEqual(before);
  });

  it('gives what the function gives, and puts everything back after it', () => {
    const { gk } = aShop(express);
    expect(overrideFlags(gk, { CODED: 'on' }, () => [served(gk, 'CODED'), 'result'])).toEqual(['on', 'result']);
    expect(served(gk, 'CODED')).toBe('off');
  });

  it.each([
    ['nothing', undefined],
    ['null', null],
    ['a function', () => 'later'],
  ])('gives %s as it is', (_what, result) => {
    const { gk } = aShop(express);
    expect(overrideFlags(gk, { CODED: 'on' }, () => result)).toBe(result);
    expect(served(gk, 'CODED')).toBe('off');
  });

  it('holds through everything an async function awaits', async () => {
    const { gk } = aShop(express);
    const during = overrideFlags(gk, { CODED: 'on' }, async () => {
      const seen = [served(gk, 'CODED')];
      await delay(2);
      seen.push(served(gk, 'CODED'));
      return seen;
    });
    expect(served(gk, 'CODED')).toBe('on');
    expect(await during).toEqual(['on', 'on']);
    expect(served(gk, 'CODED')).toBe('off');
  });

  it('holds for a request that a function of supertest sends, which is no promise yet', async () => {
    const { app, gk } = aShop(express);
    const origin = await serve(app);
    const page = await overrideFlags(gk, { MY_NEW_FEATURE: 'VISIBLE' }, () => request(origin).get('/guarded'));
    expect([page.status, page.body]).toEqual([200, 'here']);
    expect((await request(origin).get('/guarded')).status).toBe(404);
  });

  it('puts everything back when the function throws, and lets the error through', () => {
    const { gk } = aShop(express);
    const error = new Error('expected 1 to be 2');
    const failing = (): never => {
      expect(served(gk, 'CODED')).toBe('on');
      throw error;
    };
    expect(() => overrideFlags(gk, { CODED: 'on' }, failing)).toThrow(error);
    expect(served(gk, 'CODED')).toBe('off');
  });

  it('puts everything back when the promise is rejected, and lets the reason through', async () => {
    const { gk } = aShop(express);
    const failing = async (): Promise<never> => {
      await delay(1);
      throw new Error(`failed with ${served(gk, 'CODED')}`);
    };
    await expect(overrideFlags(gk, { CODED: 'on' }, failing)).rejects.toThrow('failed with on');
    expect(served(gk, 'CODED')).toBe('off');
  });

  it('does not call a fixed flag’s code', () => {
    const choose = vi.fn(() => 'off');
    const { gk } = aShop(express, { flags: [new AnyFlag('CODED', choose)] });
    expect(overrideFlags(gk, { CODED: 'on' }, () => served(gk, 'CODED'))).toBe('on');
    expect(choose).not.toHaveBeenCalled();
  });

  it('says in details and explanations that it was an override, and carries the variant’s value', () => {
    const { gk } = aShop(express);
    overrideFlags(gk, { price: 'low', CODED: 'on' }, () => {
      const reader = gk.for();
      expect(reader.details('price')).toMatchObject({ variant: 'low', value: 9, reason: 'OVERRIDE' });
      expect(reader.value('price', 0)).toBe(9);
      expect(reader.isEnabled('price')).toBe(false);
      expect(reader.explain('CODED')).toMatchObject({ variant: 'on', reason: 'OVERRIDE' });
    });
  });
});

describe('overrideFlags() within overrideFlags()', () => {
  it('goes over the outer one, which holds again after it', () => {
    const { gk } = aShop(express);
    const all = (): unknown => [served(gk, 'CODED'), served(gk, 'price')];
    overrideFlags(gk, { CODED: 'on', price: 'low' }, () => {
      overrideFlags(gk, { CODED: 'off' }, () => expect(all()).toEqual(['off', 'low']));
      expect(all()).toEqual(['on', 'low']);
    });
    expect(all()).toEqual(['off', 'high']);
  });

  it('is put back in any order: what is left holds, the newest first', () => {
    const { gk } = aShop(express);
    const color = (): unknown => gk.for().value('price', 0);
    const first = overrideFlags(gk, { price: 'low' });
    const second = overrideFlags(gk, { price: 'high' });
    const third = overrideFlags(gk, { price: 'low' });
    expect(color()).toBe(9);
    second();
    expect(color()).toBe(9);
    third();
    expect(color()).toBe(9);
    first();
    expect(color()).toBe(19);
  });

  it('may overlap when both wait', async () => {
    const { gk } = aShop(express);
    const seen: unknown[] = [];
    const see = (): void => void seen.push(served(gk, 'CODED'));
    const outer = overrideFlags(gk, { CODED: 'on' }, () => delay(4).then(see));
    const inner = overrideFlags(gk, { CODED: 'off' }, () => delay(1).then(see));
    await Promise.all([outer, inner]);
    see();
    expect(seen).toEqual(['off', 'on', 'off']);
  });

  it('leaves other gatekeepers alone', () => {
    const [one, other] = [aShop(express), aShop(express)];
    overrideFlags(one.gk, { CODED: 'on' }, () => expect(served(other.gk, 'CODED')).toBe('off'));
  });
});

describe('overrideFlags() refuses', () => {
  const { gk } = aShop(express);

  it.each<[string, unknown[], RegExp]>([
    [
      'an unknown flag',
      [gk, { CODED: 'on', nowhere: 'on' }],
      /the flag "nowhere", which does not exist; there are .*CODED/,
    ],
    ['an unknown variant', [gk, { CODED: 'SHOWN' }], /"SHOWN" for flag "CODED", .*variants 'on', 'off'/],
    ['the empty variant', [gk, { CODED: '' }], /"" for flag "CODED"/],
    ['a value instead of a variant', [gk, { price: 9 }], /9 for flag "price", .*variants 'low', 'high'/],
    ['a variant nobody set', [gk, { CODED: undefined }], /undefined for flag "CODED"/],
    ['a list of flags', [gk, ['CODED']], /the flag "0", which does not exist/],
    ['no flags at all', [gk], /overrideFlags\(\)/],
    ['what is no gatekeeper', [() => undefined, { CODED: 'on' }], /the middleware that gatekeeper\(\) returned/],
    ['a request’s flags', [gk.for(), { CODED: 'on' }], /the middleware that gatekeeper\(\) returned/],
    ['nothing', [], /the middleware that gatekeeper\(\) returned/],
  ])('%s, says so, and fixes nothing', (_what, given, message) => {
    const during = vi.fn();
    const [middleware, flags] = given;
    const act = (): unknown => Reflect.apply(overrideFlags, undefined, [middleware, flags, during]);
    expect(act).toThrow(GatekeeperError);
    expect(act).toThrow(expect.objectContaining({ code: 'INVALID_OPTION', message: expect.stringMatching(message) }));
    expect(during).not.toHaveBeenCalled();
    expect(served(gk, 'CODED')).toBe('off');
  });
});
