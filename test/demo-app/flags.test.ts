import { describe, expect, it } from 'vitest';
import { openShop, type Who } from './visitor.js';

const isExpress = (page: string) => page.includes('Buy now with one click');
const product = '/products/evening-journal';

const somebody = async (who: Who) => (await openShop()).somebody(who);

describe('RECOMMENDATIONS, a whole section', () => {
  it('shows the shelf to everyone in development, and hides it from a browser that is overridden', async () => {
    const visitor = await somebody('a visitor');
    expect(await visitor.page('/')).toContain('On the counter this week');
    await visitor.override('RECOMMENDATIONS', 'NOT_VISIBLE');
    expect(await visitor.page('/')).not.toContain('On the counter this week');
    expect(await visitor.page(product)).not.toContain('Goes well with it');
    await visitor.override('RECOMMENDATIONS', '');
    expect(await visitor.page('/')).toContain('On the counter this week');
  });

  it('is hidden in one browser only', async () => {
    const shop = await openShop();
    const [one, other] = [shop.visitor(), shop.visitor()];
    await one.override('RECOMMENDATIONS', 'NOT_VISIBLE');
    expect(await one.page('/')).not.toContain('On the counter this week');
    expect(await other.page('/')).toContain('On the counter this week');
  });

  it('shows the shelf in production to users 1, 2 and 3 and to no visitor', async () => {
    const visitor = (await openShop('production')).visitor();
    expect(await visitor.page('/')).not.toContain('On the counter this week');
    await visitor.logIn('Mei');
    expect(await visitor.page('/')).toContain('On the counter this week');
  });
});

describe('EXPRESS_CHECKOUT, a condition in a template and before a route', () => {
  it.each([
    ['a visitor', false],
    ['Ada', true],
    ['Bruno', true],
    ['Mei', false],
  ] as const)('%s sees the button: %s', async (person, seen) => {
    const visitor = await somebody(person);
    expect(isExpress(await visitor.page(product))).toBe(seen);
  });

  it('can be seen by a browser before anyone logs in, and asks for a log-in then', async () => {
    const visitor = await somebody('a visitor');
    await visitor.override('EXPRESS_CHECKOUT', 'VISIBLE');
    expect(isExpress(await visitor.page(product))).toBe(true);
    const { text } = await visitor.post('/express-checkout', { slug: 'evening-journal' });
    expect(text).toContain('Who are you today?');
    expect(text).toContain('value="/products/evening-journal"');
  });

  it('closes the route to whoever does not see the button', async () => {
    const visitor = await somebody('Mei');
    const { status } = await visitor.post('/express-checkout', { slug: 'evening-journal' });
    expect(status).toBe(404);
  });
});

describe('STOCK_LEVEL, a field in a JSON response', () => {
  it.each([
    ['a visitor', false],
    ['Ada', false],
    ['Bruno', true],
    ['Mei', true],
  ] as const)('%s finds the field: %s', async (person, found) => {
    const visitor = await somebody(person);
    const { body } = await visitor.get('/api/products/heron-fountain-pen');
    expect(body.name).toBe('Heron fountain pen');
    expect('stock' in body).toBe(found);
    expect((await visitor.page('/products/heron-fountain-pen')).includes('6 left in the workshop')).toBe(found);
  });

  it('appears in every product for a browser that is overridden', async () => {
    const visitor = await somebody('a visitor');
    await visitor.override('STOCK_LEVEL', 'SHOWN');
    const { body } = await visitor.get('/api/products');
    expect(body.products).toHaveLength(8);
    for (const product of body.products) expect(product).toHaveProperty('stock');
  });
});

describe('FREE_SHIPPING, a value', () => {
  it.each([
    ['a visitor', '€28.90'],
    ['Bruno', '€24.00'],
    ['Mei', '€28.90'],
  ] as const)('%s pays %s for two notebooks', async (person, total) => {
    const visitor = await somebody(person);
    expect((await visitor.post('/basket', { slug: 'field-notebook', quantity: '2' })).text).toContain(total);
  });

  it('lets Mei off the postage from €30, and tells her how far it is', async () => {
    const visitor = await somebody('Mei');
    expect((await visitor.post('/basket', { slug: 'field-notebook', quantity: '2' })).text).toContain('€6.00 more');
    expect((await visitor.post('/basket', { slug: 'field-notebook', quantity: '1' })).text).toContain('€36.00');
  });
});

describe('CHECKOUT_BUTTON, an experiment with three wordings', () => {
  it.each([
    ['PLAIN', 'Go to checkout'],
    ['WARM', 'Wrap it up for me'],
    ['SURE', 'Checkout, with 30 days to return'],
  ])('%s reads "%s"', async (variant, wording) => {
    const visitor = await somebody('a visitor');
    await visitor.override('CHECKOUT_BUTTON', variant);
    expect((await visitor.post('/basket', { slug: 'field-notebook' })).text).toContain(wording);
  });

  it('says the same to a browser before and after log-in', async () => {
    const shop = await openShop();
    const wording = /Go to checkout|Wrap it up for me|Checkout, with 30 days to return/;
    for (let browser = 0; browser < 8; browser++) {
      const visitor = shop.visitor();
      const before = wording.exec((await visitor.post('/basket', { slug: 'field-notebook' })).text)?.[0];
      await visitor.logIn('Bruno');
      expect(wording.exec(await visitor.page('/basket'))?.[0]).toBe(before);
    }
  });
});

describe('what developers see', () => {
  it('is a note beside each gated part, the flags the page read, and a header that names those that are on', async () => {
    const { text, headers } = await (await somebody('Ada')).get(product);
    expect(text).toContain('class="flag-note" href="/gatekeeper/?q=EXPRESS_CHECKOUT"');
    expect(text).toContain('gatekeeper-toolbar');
    expect(headers['x-active-flags']).toContain('EXPRESS_CHECKOUT');
  });

  it('is nothing of that for customers in production, whose dashboard stays shut', async () => {
    const visitor = (await openShop('production')).visitor();
    await visitor.logIn('Bruno');
    const { text, headers } = await visitor.get(product);
    expect(isExpress(text)).toBe(true);
    expect(text).not.toContain('flag-note');
    expect(text).not.toContain('gatekeeper-toolbar');
    expect(headers['x-active-flags']).toBeUndefined();
    expect((await visitor.get('/gatekeeper/')).status).toBe(403);
  });

  it('is still there in production for the people who write the shop', async () => {
    const visitor = (await openShop('production')).visitor();
    await visitor.logIn('Ada');
    expect(await visitor.page(product)).toContain('flag-note');
  });
});
