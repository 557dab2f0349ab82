import type { FlagStore } from 'express-gatekeeper';
import { expect, it, onTestFinished, vi } from 'vitest';
import { describeWithRedis, type RedisServer } from '../engines/redis.js';
import { aProxy } from '../stores/redis/a-proxy.js';
import { aShop, type Shop } from './a-shop.js';
import { type StoreSettings, storeOf } from './children/store-of.js';
import { through } from './servers.js';

const by = { by: 'ann' };
const PATIENCE = { timeout: 10_000, interval: 20 };

function aStore(settings: StoreSettings): FlagStore {
  const store = storeOf(settings);
  onTestFinished(() => store.close());
  return store;
}

describeWithRedis('a Redis that keeps nothing on disk and is killed', (redis) => {
  async function emptied(): Promise<{ readonly shop: Shop; readonly settings: StoreSettings }> {
    const settings = fresh(redis());
    const shop = await aShop(storeOf(settings), { readyTimeout: 5_000 });
    await shop.gk.update('a', true, by);
    await shop.gk.update('b', true, by);
    await shop.gk.update('b', { description: 'B' }, by);
    await redis().kill();
    await redis().start();
    await vi.waitFor(() => expect(shop.gk.health().cause).toContain('lost its data'), PATIENCE);
    return { shop, settings };
  }

  it('is noticed: the last known flags stay with a warning, and changes are refused', async () => {
    const { shop, settings } = await emptied();
    const { gk, lines, visit } = shop;
    const lost =
      'lost its data: it was at revision 3 and is at 0. Restore it, or restart the app to take what is there.';
    expect(gk.health()).toMatchObject({ status: 'stale', cause: expect.stringContaining(lost) });
    expect(lines.filter((line) => line.includes(lost))).toHaveLength(1);
    expect(await visit()).toMatchObject({ variant: 'on', stale: true, revision: 3 });

    for (const patch of [{ description: 'x' }, false, null]) {
      await expect(gk.update('a', patch, by)).rejects.toThrow(lost);
    }
    await expect(gk.update('new', true, by)).rejects.toThrow(lost);
    expect(await aStore(settings).load('default')).toMatchObject({ revision: 0, flags: {} });
    expect(await visit()).toMatchObject({ variant: 'on', stale: true, revision: 3 });

    const restarted = await aShop(storeOf(settings), { readyTimeout: 5_000 });
    await restarted.gk.ready();
    expect(restarted.gk.health().status).toBe('ready');
    await restarted.gk.update('a', false, by);
    expect(await restarted.visit()).toMatchObject({ variant: 'off', revision: 1, stale: false });
  }, 20_000);

  it('is followed once it was filled again: everything is read, and what is not there any more is gone', async () => {
    const { shop, settings } = await emptied();
    const other = aStore(settings);
    for (const value of [true, false, true]) await other.apply('default', { flags: { c: value } }, by);
    await vi.waitFor(() => expect(shop.gk.health()).toEqual({ status: 'ready', problems: [] }), PATIENCE);
    expect(shop.lines.at(-1)).toMatch(/^info .* can be read again\.$/);
    expect(shop.gk.for().ffVariant('a')).toBeNull();
    expect(shop.gk.for().isEnabled('c')).toBe(true);
  }, 20_000);

  it('is read whole when it was filled beyond what is known before the app could look', async () => {
    const settings = fresh(redis());
    const { url, freeze, thaw } = await aProxy(redis().port);
    const { gk } = await aShop(storeOf(through(settings, new URL(url).port)), { readyTimeout: 5_000 });
    await gk.update('a', true, by);
    freeze();
    await expect(gk.fresh()).rejects.toMatchObject({ code: 'STORE_FAILED' });
    await redis().kill();
    await redis().start();
    const other = aStore(settings);
    for (const value of [1, 2, 3]) await other.apply('default', { flags: { c: value } }, by);
    thaw();
    await vi.waitFor(() => expect(gk.health().status).toBe('ready'), PATIENCE);
    expect(gk.for().details('c').revision).toBe(3);
    expect(gk.for().ffVariant('a')).toBeNull();
  }, 20_000);
});

function fresh(redis: RedisServer): StoreSettings {
  return { kind: 'redis', url: redis.url, prefix: redis.freshPrefix() };
}
