import { describe, expect, it } from 'vitest';
import { aFilledStore } from './a-filled-store.js';
import { FlagsCopy, soon } from './flags-copy.js';
import { openShop } from './visitor.js';

describe('GET /health', () => {
  it('says that all is well, to nobody in particular', async () => {
    const shop = await openShop('production', { store: await aFilledStore() });
    await shop.visitor().get('/');
    const { status, body, headers } = await shop.visitor().get('/health');
    expect([status, body]).toEqual([200, { status: 'ready', problems: [] }]);
    expect([headers['cache-control'], headers['set-cookie']]).toEqual(['no-store', undefined]);
  });

  it('says what is wrong with a definition, and that the shop is open', async () => {
    const flags = new FlagsCopy();
    const shop = await openShop('production', { store: flags.store });
    flags.edit('gift/wrap: true', 'gift/wrap: tru');
    await soon(async () => (await shop.visitor().get('/health')).body.status).toBe('degraded');
    expect((await shop.visitor().get('/health')).status).toBe(200);
  });

  it('says since when the store is down, and that the shop is open', async () => {
    const store = await aFilledStore();
    const shop = await openShop('production', { store });
    const ada = await shop.somebody('Ada');
    store.fail(new Error('connection refused'));
    expect(await ada.page('/tour')).toContain('# The store cannot be read just now.');
    const { status, body } = await shop.visitor().get('/health');
    expect([status, body]).toEqual([
      200,
      { status: 'stale', cause: 'connection refused', since: Date.parse('2026-11-20T10:00:00Z'), problems: [] },
    ]);
    expect(await ada.page('/')).toContain('data-theme="dark"');
    store.fail();
    await soon(async () => (await shop.visitor().get('/health')).body.status).toBe('ready');
  });
});
