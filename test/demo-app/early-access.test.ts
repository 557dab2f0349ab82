import { GatekeeperError } from 'express-gatekeeper';
import { describe, expect, it } from 'vitest';
import { aFilledStore, type DistantStore } from './a-filled-store.js';
import { openShop, type Shop } from './visitor.js';

const JOIN = 'Join early access';
const LEAVE = 'Leave early access';

async function anOpenShop(): Promise<Shop & { readonly store: DistantStore }> {
  const store = await aFilledStore();
  return { ...(await openShop('production', { store })), store };
}

describe('early access', () => {
  it('is joined and left by a customer, who sees it on the next page', async () => {
    const { store, somebody } = await anOpenShop();
    const mei = await somebody('Mei');
    const before = await mei.page('/');
    expect([before.includes(JOIN), before.includes('Verdigris ink')]).toEqual([true, false]);

    const joined = (await mei.post('/early-access/join')).text;
    expect(joined).toContain('You are on the list.');
    expect(joined).toContain('Verdigris ink');
    expect(joined).not.toContain(JOIN);
    expect((await mei.get('/products/verdigris-ink')).status).toBe(200);

    const left = (await mei.post('/early-access/leave')).text;
    expect(left).toContain('You are off the list.');
    expect(left).not.toContain('Verdigris ink');
    const entries = await store.history('default', { segment: 'early-access', limit: 2 });
    expect(entries.map(({ by, comment }) => `${by}: ${comment}`)).toEqual([
      'user 3: Left in the shop',
      'user 3: Joined in the shop',
    ]);
  });

  it('is joined by each for himself', async () => {
    const { somebody, visitor } = await anOpenShop();
    await (await somebody('Mei')).post('/early-access/join');
    expect(await visitor().page('/')).not.toContain('Verdigris ink');
    expect(await (await somebody('Bruno')).page('/')).toContain('Verdigris ink');
  });

  it('is not offered to somebody whom nobody knows: to join is to log in first', async () => {
    const { visitor, store } = await anOpenShop();
    const stranger = visitor();
    expect(await stranger.page('/')).not.toContain(JOIN);
    expect((await stranger.post('/early-access/join')).text).toContain('Who are you today?');
    expect(await store.revision('default')).toBe(1);
  });

  it('says so when somebody who left is let in by something else', async () => {
    const { somebody } = await anOpenShop();
    const bruno = await somebody('Bruno');
    const { text } = await bruno.post('/early-access/leave');
    expect(text).toContain('You are not on the list, and see it all the same');
    expect(text).toContain(LEAVE);
  });

  it('says so when there is nothing to see', async () => {
    const { somebody, store } = await anOpenShop();
    await store.apply('default', { flags: { 'early-access/verdigris': false } }, { by: 'test' });
    const { text } = await (await somebody('Mei')).post('/early-access/join');
    expect(text).toContain('There is nothing to be seen early just now.');
  });

  it('can wait while the store is down: the shop says so, and goes on as it was', async () => {
    const shop = await anOpenShop();
    const mei = await shop.somebody('Mei');
    shop.store.fail(new GatekeeperError('STORE_FAILED', 'The store cannot be written: connection refused.'));
    const { status, text } = await mei.post('/early-access/join');
    expect([status, text.includes(JOIN)]).toEqual([200, true]);
    expect(text).toContain('We cannot get at the list just now, so nothing has changed.');
    expect(shop.log.join('\n')).toMatch(/warn {2}.*join for user 3: The store cannot be written/);
    shop.store.fail();
    expect((await mei.post('/early-access/join')).text).toContain('Verdigris ink');
  });

  it.each(['join', 'leave'])('takes no %s from another site', async (verb) => {
    const { somebody, store } = await anOpenShop();
    const mei = await somebody('Mei');
    const response = await mei.browser.post(`/early-access/${verb}`).set('Sec-Fetch-Site', 'cross-site');
    expect([response.status, await store.revision('default')]).toEqual([403, 1]);
  });
});
