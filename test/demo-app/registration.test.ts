import { describe, expect, it } from 'vitest';
import { FlagsCopy, soon } from './flags-copy.js';
import { openShop, type Visitor } from './visitor.js';

const elin = { name: 'Elin Berg', email: 'elin@letters.example', address: 'Storgatan 1, Umeå', country: 'SE' };
const excuse = 'We are not opening new accounts at the moment.';

describe('opening an account', () => {
  it('makes a customer whom rules find, with the basket of before', async () => {
    const visitor = (await openShop()).visitor();
    await visitor.post('/basket', { slug: 'paper-tape' });
    const { text } = await visitor.post('/register', { ...elin, premium: 'yes' });
    expect(text).toContain('Welcome, Elin.');
    expect(text).toContain('data-theme="dark"');
    expect(text).toContain('Premium: everything ships free.');
    expect(text).toContain('Early access for Elin');
    expect(await visitor.page('/basket')).toContain('Paper tape');
    expect(await visitor.page('/checkout')).toContain('value="Storgatan 1, Umeå"');
  });

  it('says its welcome once', async () => {
    const visitor = (await openShop()).visitor();
    await visitor.post('/register', elin);
    expect(await visitor.page('/')).not.toContain('Welcome, Elin.');
  });

  it('asks again for what is missing, and keeps the rest', async () => {
    const visitor = (await openShop()).visitor();
    const response = await visitor.post('/register', { ...elin, email: '', country: 'NO', premium: 'yes' });
    expect(response.status).toBe(422);
    expect(response.text).toContain('Write an e-mail address');
    expect(response.text).toContain('value="Elin Berg"');
    expect(response.text).toContain('<option value="NO" selected>');
    expect(response.text).toContain('value="yes" checked');
  });

  it.each(['', 'XX', '__proto__', 'constructor'])('takes the country %j for one we send to', async (country) => {
    const visitor = (await openShop()).visitor();
    expect((await visitor.post('/register', { ...elin, country })).text).toContain('Welcome, Elin.');
  });

  it('ends at log-out: nobody else becomes this customer', async () => {
    const visitor = (await openShop()).visitor();
    await visitor.post('/register', elin);
    await visitor.post('/logout');
    expect(await visitor.page('/')).toContain('Log in</a>');
    await visitor.logIn('Mei');
    expect(await visitor.page('/')).toContain('>Mei</span>');
  });
});

describe('registration/closed', () => {
  const tries = [
    ['asks for the form', (visitor: Visitor) => visitor.get('/register')],
    ['sends it', (visitor: Visitor) => visitor.post('/register', elin)],
  ] as const;

  it.each(tries)('leads whoever %s back home with a message', async (_what, attempt) => {
    const visitor = (await openShop()).visitor();
    await visitor.override('registration/closed', 'on');
    const { text } = await attempt(visitor);
    expect(text).toContain('Paper for people who write in the margins.');
    expect(text).toContain(excuse);
    expect(text).toContain('Log in</a>');
    expect(await visitor.page('/')).not.toContain(excuse);
    expect(await visitor.page('/login')).toContain('New accounts are closed');
  });

  it('shuts the door for all by an edit of the file, while those with an account go on', async () => {
    const flags = new FlagsCopy();
    const shop = await openShop('production', { store: flags.store });
    const known = shop.visitor();
    await known.post('/register', elin);

    flags.edit('enabled: false', 'enabled: true');
    await soon(() => shop.visitor().page('/register')).toContain(excuse);
    expect(await known.page('/')).toContain('>Elin</span>');
    expect((await known.post('/basket', { slug: 'paper-tape' })).text).toContain('Paper tape');
    expect(await (await shop.somebody('Mei')).page('/')).toContain('>Mei</span>');

    flags.edit('enabled: true', 'enabled: false');
    await soon(() => shop.visitor().page('/register')).toContain('Open the account');
  });

  it('has nothing to say to those who are logged in: they are led home', async () => {
    const visitor = await (await openShop()).somebody('Mei');
    await visitor.override('registration/closed', 'on');
    const page = await visitor.page('/register');
    expect(page).toContain('Paper for people');
    expect(page).not.toContain(excuse);
  });
});
