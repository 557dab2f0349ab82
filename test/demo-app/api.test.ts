import { describe, expect, it } from 'vitest';
import { FlagsCopy, soon } from './flags-copy.js';
import { openShop } from './visitor.js';

describe('the JSON API', () => {
  it('lists the products with prices in cents', async () => {
    const { body } = await (await openShop()).visitor().get('/api/products');
    expect(body.products).toContainEqual({
      slug: 'field-notebook',
      name: 'Field notebook',
      kind: 'Paper',
      price: { cents: 1200, currency: 'EUR' },
      available: true,
    });
  });

  it('answers an unknown product with 404 and JSON', async () => {
    const response = await (await openShop()).visitor().get('/api/products/unicorn');
    expect(response.status).toBe(404);
    expect(response.body).toEqual({ error: 'There is nothing at this address.' });
  });
});

describe('api/count, a field for one person and not for another', () => {
  it.each([
    ['a visitor', undefined, 'no rule finds them'],
    ['Ada', undefined, 'no rule finds her'],
    ['Bruno', undefined, 'premium, but listed as off'],
    ['Mei', 8, 'listed as on'],
  ] as const)('%s finds the count %s: %s', async (who, count, _why) => {
    const visitor = await (await openShop('production')).somebody(who);
    expect((await visitor.get('/api/products')).body.count).toBe(count);
  });

  it('is there for premium customers who are not listed', async () => {
    const visitor = (await openShop()).visitor();
    await visitor.post('/register', {
      name: 'Elin',
      email: 'elin@letters.example',
      address: 'Storgatan 1, Umeå',
      premium: 'yes',
    });
    expect((await visitor.get('/api/products')).body.count).toBe(9);
  });

  it('changes sides with an edit of the file', async () => {
    const flags = new FlagsCopy();
    const shop = await openShop('production', { store: flags.store });
    const [bruno, mei] = [await shop.somebody('Bruno'), await shop.somebody('Mei')];
    flags.edit('on: [3]', 'on: [2]');
    flags.edit('off: [2]', 'off: [3]');
    await soon(async () => (await bruno.get('/api/products')).body.count).toBe(9);
    expect((await mei.get('/api/products')).body.count).toBeUndefined();
  });
});
