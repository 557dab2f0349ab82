import { describe, expect, it } from 'vitest';
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
