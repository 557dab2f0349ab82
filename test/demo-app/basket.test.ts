import { describe, expect, it } from 'vitest';
import { openShop } from './visitor.js';

describe('the basket', () => {
  it('adds up what is put into it, changes quantities and takes things out again', async () => {
    const visitor = (await openShop()).visitor();
    await visitor.post('/basket', { slug: 'midnight-ink', quantity: '2' });
    expect((await visitor.post('/basket', { slug: 'paper-tape' })).text).toContain('€36.00');
    expect((await visitor.post('/basket/change', { slug: 'midnight-ink', quantity: '1' })).text).toContain('€21.50');
    await visitor.post('/basket/change', { slug: 'midnight-ink', quantity: '0' });
    expect(await visitor.page('/basket')).not.toContain('Midnight ink');
    expect((await visitor.post('/basket/change', { slug: 'paper-tape', quantity: '0' })).text).toContain(
      'Nothing in it yet',
    );
  });

  it.each(['-1', '1e9', 'NaN', '', '999'])('takes the quantity %j for one', async (quantity) => {
    const visitor = (await openShop()).visitor();
    expect((await visitor.post('/basket', { slug: 'paper-tape', quantity })).text).toContain('value="1"');
  });

  it('holds nine of a kind and no more', async () => {
    const visitor = (await openShop()).visitor();
    await visitor.post('/basket', { slug: 'paper-tape', quantity: '8' });
    expect((await visitor.post('/basket', { slug: 'paper-tape', quantity: '8' })).text).toContain('value="9"');
  });

  it.each(['unicorn', '__proto__', 'constructor', 'verdigris-ink', 'brass-ruler', ''])(
    'does not take %j, which is not for sale',
    async (slug) => {
      const visitor = (await openShop()).visitor();
      expect((await visitor.post('/basket', { slug })).status).toBe(404);
      await visitor.post('/basket/change', { slug, quantity: '3' });
      expect(await visitor.page('/basket')).toContain('Nothing in it yet');
    },
  );

  it('keeps what was put in when a flag takes the product off the shelf', async () => {
    const visitor = (await openShop()).visitor();
    await visitor.logIn('Bruno');
    await visitor.post('/basket', { slug: 'verdigris-ink' });
    await visitor.override('early-access/verdigris', 'off');
    expect(await visitor.page('/basket')).toContain('Verdigris ink');
  });

  it('never shows one visitor what lies in the basket of another, also when all come at once', async () => {
    const shop = await openShop('production');
    const wanted = ['Field notebook', 'Evening journal', 'Midnight ink', 'Drawing pencils', 'Letter set', 'Paper tape'];
    const visitors = await Promise.all(
      wanted.map(async (name) => {
        const visitor = shop.visitor();
        await visitor.post('/basket', { slug: name.toLowerCase().replace(' ', '-') });
        return { name, visitor };
      }),
    );
    const rounds = Array.from({ length: 20 }, () => visitors).flat();
    await Promise.all(
      rounds.map(async ({ name, visitor }) => {
        const page = await visitor.page('/basket');
        expect(wanted.filter((other) => page.includes(other))).toEqual([name]);
      }),
    );
  });
});

describe('a form from another site', () => {
  it.each([
    ['Sec-Fetch-Site', 'cross-site'],
    ['Sec-Fetch-Site', 'same-site'],
    ['Origin', 'https://evil.example'],
    ['Origin', 'null'],
  ])('is refused by its %s: %s', async (header, value) => {
    const visitor = (await openShop()).visitor();
    const response = await visitor.browser.post('/basket').type('form').set(header, value).send({ slug: 'paper-tape' });
    expect(response.status).toBe(403);
    expect(await visitor.page('/basket')).toContain('Nothing in it yet');
  });
});
