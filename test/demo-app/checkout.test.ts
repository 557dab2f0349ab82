import { describe, expect, it } from 'vitest';
import { openShop } from './visitor.js';

const delivery = { name: 'Elin', email: 'elin@letters.example', address: 'Storgatan 1, 903 26 Umeå' };

describe('checkout', () => {
  it('ends in an order that can be read again, and in an empty basket', async () => {
    const visitor = (await openShop()).visitor();
    await visitor.post('/basket', { slug: 'heron-fountain-pen' });
    const { text } = await visitor.post('/checkout', { ...delivery, giftWrap: 'yes' });
    expect(text).toContain('Thank you, Elin.');
    expect(text).toContain('We wrap it today in ruled paper');
    expect(text).toContain('€62.90');
    const number = /Order (M-\d{6})/.exec(text)?.[1];
    expect(await visitor.page(`/orders/${number}`)).toContain('1 × Heron fountain pen');
    expect(await visitor.page('/basket')).toContain('Nothing in it yet');
  });

  it('shows an order to nobody but who placed it', async () => {
    const shop = await openShop();
    const visitor = shop.visitor();
    await visitor.post('/basket', { slug: 'heron-fountain-pen' });
    const number = /Order (M-\d{6})/.exec((await visitor.post('/checkout', delivery)).text)?.[1];
    expect((await shop.visitor().get(`/orders/${number}`)).status).toBe(404);
  });

  it('knows the address of whoever is logged in', async () => {
    const visitor = (await openShop()).visitor();
    await visitor.logIn('Mei');
    await visitor.post('/basket', { slug: 'letter-set' });
    expect(await visitor.page('/checkout')).toContain('value="Hafenweg 7, 20457 Hamburg"');
  });

  it.each([
    ['name', '', 'Write the name'],
    ['email', 'elin', 'Write an e-mail address'],
    ['address', 'here', 'Write street, town and post code'],
  ])('asks again for %s when it is %j, and keeps the rest', async (field, value, message) => {
    const visitor = (await openShop()).visitor();
    await visitor.post('/basket', { slug: 'letter-set' });
    const response = await visitor.post('/checkout', { ...delivery, [field]: value });
    expect(response.status).toBe(422);
    expect(response.text).toContain(message);
    for (const [other, kept] of Object.entries(delivery)) if (other !== field) expect(response.text).toContain(kept);
  });

  it('leads back to the basket when that is empty', async () => {
    const visitor = (await openShop()).visitor();
    expect(await visitor.page('/checkout')).toContain('Nothing in it yet');
    expect((await visitor.post('/checkout', delivery)).text).toContain('Nothing in it yet');
  });

  it('writes a name with markup as text', async () => {
    const visitor = (await openShop()).visitor();
    await visitor.post('/basket', { slug: 'letter-set' });
    const { text } = await visitor.post('/checkout', { ...delivery, name: '<script>alert(1)</script>' });
    expect(text).toContain('Thank you, &lt;script&gt;');
    expect(text).not.toContain('<script>');
  });
});

describe('express checkout', () => {
  it('buys one thing with one click and leaves the basket alone', async () => {
    const visitor = (await openShop()).visitor();
    await visitor.logIn('Bruno');
    await visitor.post('/basket', { slug: 'paper-tape' });
    const { text } = await visitor.post('/express-checkout', { slug: 'evening-journal' });
    expect(text).toContain('Thank you, Bruno Okafor.');
    expect(text).toContain('Goes to 18 Quay Street');
    expect(text).not.toContain('Paper tape');
    expect(await visitor.page('/basket')).toContain('Paper tape');
  });

  it('buys the basket with one click', async () => {
    const visitor = (await openShop()).visitor();
    await visitor.logIn('Ada');
    await visitor.post('/basket', { slug: 'paper-tape' });
    expect((await visitor.post('/express-checkout')).text).toContain('1 × Paper tape');
    expect(await visitor.page('/basket')).toContain('Nothing in it yet');
  });

  it('sells nothing that is sold out', async () => {
    const visitor = (await openShop()).visitor();
    await visitor.logIn('Ada');
    expect((await visitor.post('/express-checkout', { slug: 'brass-ruler' })).text).toContain('Nothing in it yet');
  });
});
