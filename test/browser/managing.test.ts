import type { Locator, Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { describeInChromium } from '../engines/chromium.js';
import { type AShop, aShop, enter, logIn } from './a-shop.js';

const WRAP = 'flag?name=gift%2Fwrap';
const PAYMENT = 'flag?name=checkout%2Ffirst-payment';
const PHONE = { viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true };

describeInChromium('flags managed in the dashboard', (browser) => {
  /** Somebody at the dashboard. */
  const manager = (shop: AShop, path = '', options: Parameters<typeof enter>[3] = {}) =>
    enter(browser(), shop, `/gatekeeper/${path}`, options);

  /** Somebody at the checkout of the shop, where a gift can be wrapped. */
  async function buyer(shop: AShop): Promise<Page> {
    const page = await enter(browser(), shop, '/products/letter-set');
    await page.getByRole('button', { name: 'Put into the basket' }).click();
    await page.goto('/checkout');
    return page;
  }

  const wrapping = (page: Page) => page.getByLabel('Wrap it as a gift');
  const isDark = (page: Page) => page.locator('html[data-theme="dark"]').count();
  const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
  const said = (page: Page) => page.getByRole('main').getByRole('status');
  const side = (page: Page, name: RegExp) => page.getByRole('region', { name });
  const tally = (page: Page, what: string): Promise<string> =>
    page.locator('.tally > div').filter({ hasText: what }).getByRole('definition').innerText();

  /** Presses what changes the form only, and waits until the form shows it. */
  async function grow(page: Page, name: string, grown: Locator): Promise<void> {
    await button(page, name).first().click();
    await grown.waitFor();
  }

  async function save(page: Page, comment: string): Promise<void> {
    await page.getByLabel('Why?').fill(comment);
    await button(page, 'Save').click();
  }

  for (const javaScriptEnabled of [true, false]) {
    it(`makes a flag, aims it, shows whom it changes, and the shop follows in other browsers${javaScriptEnabled ? '' : ', without JavaScript too'}`, async () => {
      const shop = await aShop({ without: ['theme/dark'] });
      const [ada, bruno] = [await enter(browser(), shop, '/'), await enter(browser(), shop, '/')];
      await logIn(ada, 'Ada');
      await logIn(bruno, 'Bruno');
      expect([await isDark(ada), await isDark(bruno)]).toEqual([0, 0]);

      const page = await manager(shop, '', { javaScriptEnabled });
      await page.getByRole('link', { name: 'New flag' }).click();
      await page.getByLabel('Name').fill('theme/dark');
      await page.getByLabel('Description').fill('Dark pages');
      await button(page, 'Go on with rules and variants').click();
      await page.getByRole('radio', { name: 'On as said below' }).check();
      await grow(page, 'Add a rule', page.getByLabel('Name of rule 1'));
      await page.getByLabel('Name of rule 1').fill('Sweden first');
      await grow(page, '+ Attribute', page.getByLabel('Attribute', { exact: true }));
      await page.getByLabel('Attribute', { exact: true }).fill('country');
      await page.getByLabel('Value', { exact: true }).fill('SE');
      const others = page.getByRole('group', { name: 'Everyone else gets' });
      await others.getByRole('radio', { name: 'One variant' }).check();
      await others.getByRole('combobox', { name: 'Variant', exact: true }).selectOption('off');
      await button(page, 'Preview the change').click();

      expect(await tally(page, 'gain it')).toBe('1');
      expect(await tally(page, 'lose it')).toBe('0');
      await page.getByRole('list', { name: 'Who moves' }).locator('summary').click();
      expect(await page.getByRole('link', { name: 'user 1', exact: true }).isVisible()).toBe(true);
      await ada.reload();
      expect(await isDark(ada)).toBe(0);

      await save(page, 'Long nights');
      expect(await said(page).innerText()).toContain('Saved.');
      await ada.reload();
      await bruno.reload();
      expect([await isDark(ada), await isDark(bruno)]).toEqual([1, 0]);
      await page.getByRole('link', { name: 'History' }).last().click();
      expect(await page.getByRole('listitem').filter({ hasText: 'Long nights' }).innerText()).toContain('country: SE');
    });
  }

  it('keeps the changes of two who edit one flag at once: the second sees both, and saves both', async () => {
    const shop = await aShop();
    const ann = await manager(shop, PAYMENT);
    const bob = await manager(shop, PAYMENT, { refused: ['409 (Conflict)'] });
    await ann.getByText('description, kind, owner').click();
    await ann.getByLabel('Owner').fill('the till');
    await button(ann, 'Preview the change').click();
    await bob.getByRole('group', { name: 'Everyone else gets' }).getByLabel('phone_first').fill('75');
    await button(bob, 'Preview the change').click();

    await save(ann, 'The till owns it now');
    expect(await said(ann).innerText()).toContain('Saved.');
    await save(bob, 'More phones');
    expect(await bob.getByRole('heading', { level: 1 }).innerText()).toContain('Somebody else changed');
    const theirs = side(bob, /^Theirs/);
    expect(await theirs.innerText()).toContain('The till owns it now');
    expect(await theirs.innerText()).toContain('owner: the till');
    const yours = side(bob, /^Yours/);
    expect(await yours.innerText()).toContain('More phones');
    expect(await yours.innerText()).toContain('phone_first: 75');

    await button(bob, 'Preview both together').click();
    expect(await bob.getByLabel('Why?').inputValue()).toBe('More phones');
    await button(bob, 'Save').click();
    expect(await said(bob).innerText()).toContain('Saved.');
    expect((await shop.store.load('default')).flags['checkout/first-payment']).toMatchObject({
      owner: 'the till',
      serve: { split: { control: 50, card_first: 25, phone_first: 75 } },
    });
  });

  it('lets the second of two who changed the very same thing decide, and loses neither until then', async () => {
    const shop = await aShop();
    const ann = await manager(shop, PAYMENT);
    const bob = await manager(shop, PAYMENT, { refused: ['409 (Conflict)'] });
    for (const [page, owner] of [
      [ann, 'the till'],
      [bob, 'the bank'],
    ] as const) {
      await page.getByText('description, kind, owner').click();
      await page.getByLabel('Owner').fill(owner);
    }
    await button(ann, 'Preview the change').click();
    await save(ann, 'The till owns it now');
    expect(await said(ann).innerText()).toContain('Saved.');
    await button(bob, 'Preview the change').click();
    expect(await side(bob, /^Theirs/).innerText()).toContain('owner: the till');
    expect(await side(bob, /^Yours/).innerText()).toContain('owner: the bank');
    expect(await bob.getByText('Both changed owner.').isVisible()).toBe(true);
    await button(bob, 'Preview yours on top of theirs').click();
    await save(bob, 'No, the bank does');
    expect(await said(bob).innerText()).toContain('Saved.');
    await bob.getByRole('link', { name: 'History' }).last().click();
    expect(await bob.getByText('The till owns it now').isVisible()).toBe(true);
    expect(await bob.getByText('No, the bank does').isVisible()).toBe(true);
  });

  it('kills with a reason, which the shop feels at once, tells it, and revives', async () => {
    const shop = await aShop();
    const visitor = await buyer(shop);
    expect(await wrapping(visitor).count()).toBe(1);

    const page = await manager(shop, WRAP);
    await page.getByRole('link', { name: 'Kill or delete' }).click();
    await button(page, 'Kill it now').click(); // no reason, no kill
    expect(new URL(page.url()).pathname).toBe('/gatekeeper/shut');
    await page.getByLabel('Why?').first().fill('We ran out of paper');
    await button(page, 'Kill it now').click();
    expect(await said(page).innerText()).toContain('Killed: it is off for everyone.');
    await visitor.reload();
    expect(await wrapping(visitor).count()).toBe(0);

    await page.getByRole('link', { name: 'Revive or delete' }).click();
    expect(await page.getByText('We ran out of paper').isVisible()).toBe(true);
    await page.getByLabel('Why?').first().fill('Paper has come');
    await button(page, 'Revive').click();
    expect(await said(page).innerText()).toContain('Revived: its definition decides again.');
    await visitor.reload();
    expect(await wrapping(visitor).count()).toBe(1);
  });

  it('takes a change back from the history, by a new one', async () => {
    const shop = await aShop();
    const visitor = await buyer(shop);
    const page = await manager(shop, WRAP);
    await page.getByRole('radio', { name: 'Off for everyone' }).check();
    await button(page, 'Preview the change').click();
    await save(page, 'Nobody wraps any more');
    await visitor.reload();
    expect(await wrapping(visitor).count()).toBe(0);

    await page.goto('/gatekeeper/history');
    await page
      .getByRole('listitem')
      .filter({ hasText: 'Nobody wraps any more' })
      .getByRole('link', { name: 'Undo' })
      .click();
    expect(await side(page, /^What is taken back/).innerText()).toContain('gift/wrap');
    await button(page, 'Undo this').click();
    expect(await said(page).innerText()).toContain('Written as revision 3.');
    const comments = await page.locator('.entry-comment').allInnerTexts();
    expect(comments.slice(0, 2)).toEqual(['Takes back revision 2: Nobody wraps any more', 'Nobody wraps any more']);
    await visitor.reload();
    expect(await wrapping(visitor).count()).toBe(1);
  });

  it('says on a page that is open what was saved elsewhere, and shows it when asked to', async () => {
    const shop = await aShop();
    const second = await manager(shop, 'shut?name=gift%2Fwrap');
    const listening = second.waitForResponse(/\/live\?since=/);
    await second.goto('/gatekeeper/?q=gift/wrap');
    await listening;
    const page = await manager(shop, WRAP);
    await page.getByRole('radio', { name: 'Off for everyone' }).check();
    await button(page, 'Preview the change').click();
    await save(page, 'Nobody wraps any more');

    const bar = second.getByRole('status').filter({ hasText: 'You changed gift/wrap elsewhere.' });
    await bar.waitFor();
    const state = second.locator('.flag summary');
    const before = await state.innerText();
    await bar.getByRole('button', { name: 'Reload' }).click();
    await expect.poll(() => state.innerText()).not.toBe(before);
    expect(await bar.count()).toBe(0);
  });

  it('keeps what is typed while the server makes the form up anew', async () => {
    const shop = await aShop();
    await logIn(await enter(browser(), shop, '/'), 'Mei');
    const page = await manager(shop, WRAP);
    await grow(page, 'Add a rule', page.getByLabel('Name of rule 1'));
    await grow(page, '+ Attribute', page.getByLabel('Attribute', { exact: true }));
    let answer = (): void => undefined;
    const typed = new Promise<void>((resolve) => {
      answer = resolve;
    });
    await page.route(/flag-form/, async (route) => {
      await typed;
      await route.continue();
    });
    await page.getByLabel('Attribute', { exact: true }).fill('country');
    const value = page.getByLabel('Value', { exact: true });
    await value.fill('DE');
    answer();
    await value.and(page.locator('[list]')).waitFor(); // the values seen of a country
    expect(await value.inputValue()).toBe('DE');
  });

  it('can be used on a phone: a rule is written, looked at and saved without scrolling sideways', async () => {
    const shop = await aShop();
    const visitor = await enter(browser(), shop, '/');
    await logIn(visitor, 'Mei');
    const page = await manager(shop, '?q=theme/dark', PHONE);
    const fits = () => page.evaluate(() => document.documentElement.scrollWidth).then((width) => width === 360);
    expect(await fits()).toBe(true);
    await page.getByRole('link', { name: 'dark', exact: true }).tap();
    await page.waitForURL(/flag\?name=/);
    await button(page, 'Add a rule').tap();
    const rule = page.locator('.rule').nth(1);
    await rule.getByLabel('Name of rule 2').fill('Germany next');
    await rule.getByRole('button', { name: '+ Attribute' }).tap();
    await rule.getByLabel('Attribute', { exact: true }).fill('country');
    await rule.getByLabel('Value', { exact: true }).fill('DE');
    expect(await fits()).toBe(true);
    await button(page, 'Preview the change').tap();
    await page.getByLabel('Why?').waitFor();
    expect(await fits()).toBe(true);
    expect(await tally(page, 'gain it')).toBe('1');
    await save(page, 'The nights are long there too');
    expect(await said(page).innerText()).toContain('Saved.');
    expect(await fits()).toBe(true);
    await visitor.reload();
    expect(await isDark(visitor)).toBe(1);
    await page.getByRole('link', { name: 'Kill or delete' }).tap();
    await button(page, 'Kill it now').waitFor();
    expect(await fits()).toBe(true);
  });

  it('works by keyboard alone, from the search to a kill and through a change that is saved', async () => {
    const shop = await aShop();
    const page = await manager(shop);
    await page.getByRole('searchbox').focus();
    await page.keyboard.type('gift/wrap');
    await page.keyboard.press('Enter');
    await page.waitForURL(/q=gift/);
    await reach(page, page.getByRole('link', { name: 'wrap', exact: true }));
    await page.keyboard.press('Enter');
    await page.waitForURL(/flag\?name=/);

    const { keyboard } = page;
    await reach(page, page.getByRole('radio', { name: 'On as said below' }));
    await keyboard.press('ArrowDown');
    await reach(page, button(page, 'Preview the change').last());
    await keyboard.press('Enter');
    await page.waitForURL(/preview/);
    await reach(page, page.getByLabel('Why?'));
    await keyboard.type('Nobody wraps any more');
    await reach(page, button(page, 'Save'));
    await keyboard.press('Enter');
    await said(page).filter({ hasText: 'Saved.' }).waitFor();

    await reach(page, page.getByRole('link', { name: 'Kill or delete' }));
    await keyboard.press('Enter');
    await page.waitForURL(/shut/);
    await page.getByLabel('Why?').first().and(page.locator(':focus')).waitFor();
    await keyboard.type('We ran out of paper');
    await keyboard.press('Enter');
    await said(page).filter({ hasText: 'Killed' }).waitFor();
    expect((await shop.store.load('default')).flags['gift/wrap']).toEqual({ enabled: false, killed: true });
  });

  /** Goes there by Tab, as somebody without a mouse has to; what is reached shows that it is. */
  async function reach(page: Page, goal: Locator): Promise<void> {
    for (let presses = 0; presses < 80; presses += 1) {
      await page.keyboard.press('Tab');
      if (!(await goal.evaluate((element) => element === document.activeElement))) continue;
      expect(await goal.evaluate((element) => getComputedStyle(element).outlineStyle)).not.toBe('none');
      return;
    }
    throw new Error('Tab does not lead there');
  }
});
