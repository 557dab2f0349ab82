import { describe, expect, it } from 'vitest';
import { openShop } from './visitor.js';

describe('log-in', () => {
  it('greets the person, keeps the basket and goes back to where they were', async () => {
    const visitor = (await openShop()).visitor();
    await visitor.post('/basket', { slug: 'paper-tape' });
    const { text } = await visitor.post('/login', { person: '3', next: '/basket' });
    expect(text).toContain('Paper tape');
    expect(text).toContain('>Mei</span>');
  });

  it('gives the session a new id', async () => {
    const visitor = (await openShop()).visitor();
    const session = (cookies: unknown) => /marginalia=([^;]+)/.exec(String(cookies))?.[1];
    const before = await visitor.browser.post('/basket').type('form').send({ slug: 'paper-tape' });
    const after = await visitor.browser.post('/login').type('form').send({ person: '3' });
    expect(session(before.headers['set-cookie'])).toBeDefined();
    expect(session(after.headers['set-cookie'])).toBeDefined();
    expect(session(after.headers['set-cookie'])).not.toBe(session(before.headers['set-cookie']));
  });

  it.each(['//evil.example', '/\\evil.example', '/..//evil.example', 'https://evil.example', '/\t/evil.example'])(
    'does not lead to %j afterwards',
    async (next) => {
      const visitor = (await openShop()).visitor();
      const response = await visitor.browser.post('/login').type('form').send({ person: '1', next });
      expect(response.headers['location']).toBe('/');
    },
  );

  it.each(['4', '0', '', '__proto__'])('knows nobody with the id %j', async (person) => {
    const visitor = (await openShop()).visitor();
    expect((await visitor.post('/login', { person })).status).toBe(404);
  });

  it('says for each person what the flags give them, whatever this browser overrides', async () => {
    const visitor = (await openShop()).visitor();
    await visitor.override('EXPRESS_CHECKOUT', 'NOT_VISIBLE');
    const page = await visitor.page('/login');
    expect(page.match(/Buys with one click/g)).toHaveLength(2);
    expect(page.match(/Finds the shop after dark/g)).toHaveLength(1);
    expect(page).toContain('Never pays postage');
    expect(page).toContain('Ships free from €30');
  });

  it('ends at log-out, and the basket with it', async () => {
    const visitor = (await openShop()).visitor();
    await visitor.logIn('Bruno');
    await visitor.post('/basket', { slug: 'paper-tape' });
    expect((await visitor.post('/logout')).text).toContain('Log in</a>');
    expect(await visitor.page('/basket')).toContain('Nothing in it yet');
  });
});
