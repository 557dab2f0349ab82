import { describe, expect, it } from 'vitest';
import { openShop, type Shop } from './visitor.js';

const product = '/products/evening-journal';

/** What one new browser after another gets. */
async function dealt<Deal>(
  shop: Shop,
  browsers: number,
  deal: (visitor: ReturnType<Shop['visitor']>) => Promise<Deal>,
) {
  return Promise.all(Array.from({ length: browsers }, () => deal(shop.visitor())));
}

describe('basket/green-button, a percentage', () => {
  it('shows some browsers a green button, others a blue one, and each the same again', async () => {
    const pages = await dealt(await openShop('production'), 40, async (visitor) => {
      const isGreen = (await visitor.page(product)).includes('button-green');
      expect((await visitor.page(product)).includes('button-green')).toBe(isGreen);
      return isGreen;
    });
    expect(new Set(pages)).toEqual(new Set([true, false]));
  });
});

describe('delivery/paper-parcel, a ramp by days', () => {
  const padded = async (shop: Shop, who: 'Ada' | 'Bruno' | 'Mei') =>
    (await (await shop.somebody(who)).post('/basket', { slug: 'letter-set' })).text.includes('Padded with paper');

  it('reaches more and more people as time goes by, drops none, and in the end has all', async () => {
    let now = '';
    const shop = await openShop('production', { clock: () => Date.parse(now) });
    const people = ['Ada', 'Bruno', 'Mei'] as const;
    const reached: (readonly string[])[] = [];
    for (now of ['2026-08-31', '2026-09-01', '2026-11-20', '2027-01-15', '2027-09-01']) {
      const are = await Promise.all(people.map((who) => padded(shop, who)));
      const today = people.filter((_, index) => are[index]);
      expect(today).toEqual(expect.arrayContaining([...(reached.at(-1) ?? [])]));
      reached.push(today);
    }
    expect(reached[0]).toEqual([]);
    expect(reached[2]).toEqual(['Bruno', 'Mei']);
    expect(reached[4]).toEqual([...people]);
  });
});

describe('checkout/first-payment, a three-way experiment', () => {
  const ticked = async (visitor: ReturnType<Shop['visitor']>) =>
    /value="(\w+)" checked/.exec(await visitor.page('/checkout'))?.[1];

  it.each([
    ['control', 'invoice'],
    ['card_first', 'card'],
    ['phone_first', 'phone'],
  ])('%s ticks the way to pay it carries: %s', async (variant, payment) => {
    const visitor = (await openShop()).visitor();
    await visitor.override('checkout/first-payment', variant);
    await visitor.post('/basket', { slug: 'letter-set' });
    expect(await ticked(visitor)).toBe(payment);
  });

  it('deals all three, and each browser the same before and after log-in', async () => {
    const payments = await dealt(await openShop('production'), 40, async (visitor) => {
      await visitor.post('/basket', { slug: 'letter-set' });
      const payment = await ticked(visitor);
      await visitor.logIn('Mei');
      expect(await ticked(visitor)).toBe(payment);
      return payment;
    });
    expect(new Set(payments)).toEqual(new Set(['invoice', 'card', 'phone']));
  });
});

describe('early-access/verdigris, a segment', () => {
  it.each([
    ['a visitor', false],
    ['Ada', true],
    ['Bruno', true],
    ['Mei', false],
  ] as const)('%s meets Verdigris ink on the page, in the API and at its address: %s', async (who, seen) => {
    const visitor = await (await openShop('production')).somebody(who);
    expect((await visitor.page('/')).includes('Verdigris ink')).toBe(seen);
    expect((await visitor.get('/api/products')).body.products).toHaveLength(seen ? 9 : 8);
    expect((await visitor.get('/products/verdigris-ink')).status).toBe(seen ? 200 : 404);
  });
});

describe('gift/wrap and gift/card, a feature that needs another', () => {
  const fields = { name: 'Mei', email: 'mei@postcards.example', address: 'Hafenweg 7, Hamburg', payment: 'card' };

  it('come together: wrapped in ruled paper, with a card', async () => {
    const visitor = (await openShop()).visitor();
    await visitor.post('/basket', { slug: 'letter-set' });
    const { text } = await visitor.post('/checkout', { ...fields, giftWrap: 'yes', card: 'For you & me' });
    expect(text).toContain('We wrap it today in ruled paper');
    expect(text).toContain('The card says “For you &amp; me”.');
  });

  it('go together: without the wrapping there is no card, on the form or in the order', async () => {
    const visitor = (await openShop()).visitor();
    await visitor.post('/basket', { slug: 'letter-set' });
    expect(await visitor.page('/checkout')).toContain('A card with the gift');
    await visitor.override('gift/wrap', 'off');
    const page = await visitor.page('/checkout');
    expect(page).not.toContain('Wrap it as a gift');
    expect(page).not.toContain('A card with the gift');
    const { text } = await visitor.post('/checkout', { ...fields, giftWrap: 'yes', card: 'For you' });
    expect(text).toContain('We pack it today');
    expect(text).not.toContain('For you');
  });

  it('part ways in one direction: the card can go alone', async () => {
    const visitor = (await openShop()).visitor();
    await visitor.post('/basket', { slug: 'letter-set' });
    await visitor.override('gift/card', 'off');
    const page = await visitor.page('/checkout');
    expect(page).toContain('Wrap it as a gift');
    expect(page).not.toContain('A card with the gift');
  });
});
