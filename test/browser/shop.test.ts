import { AxeBuilder } from '@axe-core/playwright';
import { GatekeeperError } from 'express-gatekeeper';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { expect, it, onTestFinished, vi } from 'vitest';
import { createApp, type ShopOptions } from '../../demo-app/app.js';
import { start } from '../dashboard/an-app.js';
import { aFilledStore } from '../demo-app/a-filled-store.js';
import { FlagsCopy, soon } from '../demo-app/flags-copy.js';
import { describeInChromium } from '../engines/chromium.js';

const ORDINARY = Date.parse('2026-11-20T10:00:00Z');
const CHRISTMAS = Date.parse('2026-12-24T10:00:00Z');

const WHITE_PAPER = 'rgb(253, 253, 251)';
const DARK_PAPER = 'rgb(18, 21, 31)';

describeInChromium('the demo shop', (browser) => {
  /** The shop in a new browser; the test fails when a page writes an error to the console, a refused style for example. */
  async function enter(shop: ShopOptions = {}, options: BrowserContextOptions = {}): Promise<Page> {
    vi.stubEnv('NODE_ENV', 'development');
    const open = new AbortController();
    const app = createApp({ log: () => undefined, clock: () => ORDINARY, signal: open.signal, ...shop });
    vi.unstubAllEnvs();
    const context = await browser().newContext({ baseURL: await start(app), colorScheme: 'light', ...options });
    const page = await context.newPage();
    const errors: string[] = [];
    page.on('console', (message) => void (message.type() === 'error' && errors.push(message.text())));
    page.on('pageerror', (error) => void errors.push(error.message));
    onTestFinished(async () => {
      open.abort();
      await context.close();
      expect(errors).toEqual([]);
    });
    await page.goto('/');
    return page;
  }

  async function logIn(page: Page, name: 'Ada' | 'Bruno' | 'Mei'): Promise<void> {
    await page.goto('/login');
    await page.getByRole('button', { name: `Log in as ${name}` }).click();
    await page.waitForURL((url) => url.pathname !== '/login');
  }

  const paper = (page: Page) => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  const garland = (page: Page) => page.evaluate(() => getComputedStyle(document.body, '::before').backgroundImage);

  it('is dark for a Swedish account, though the system asks for light', async () => {
    const page = await enter();
    await soon(() => paper(page)).toBe(WHITE_PAPER);
    await logIn(page, 'Ada');
    await soon(() => paper(page)).toBe(DARK_PAPER);
    await logIn(page, 'Bruno');
    await soon(() => paper(page)).toBe(WHITE_PAPER);
  });

  it('is dark for everybody else whose system asks for it', async () => {
    const page = await enter({}, { colorScheme: 'dark' });
    await soon(() => paper(page)).toBe(DARK_PAPER);
  });

  it('hangs its garland at Christmas, and only then', async () => {
    let now = ORDINARY;
    const page = await enter({ clock: () => now });
    expect(await garland(page)).toBe('none');
    now = CHRISTMAS;
    await page.reload();
    expect(await garland(page)).toContain('/static/christmas/garland.svg');
  });

  it('follows an edit of its flags: an open page shows it when it is loaded again', async () => {
    const flags = new FlagsCopy();
    const page = await enter({ store: flags.store });
    await logIn(page, 'Mei');
    await soon(() => paper(page)).toBe(WHITE_PAPER);
    flags.edit('country: SE', 'country: DE');
    await soon(async () => {
      await page.reload();
      return paper(page);
    }).toBe(DARK_PAPER);
  });

  it('lets a customer join and leave early access, and looks well before and after', async () => {
    const store = await aFilledStore();
    const page = await enter({ store }, { viewport: { width: 360, height: 740 } });
    await logIn(page, 'Mei');
    const violations = await looksOf(page);
    await page.getByRole('button', { name: 'Join early access' }).click();
    expect(await page.getByRole('status').innerText()).toContain('You are on the list.');
    expect(await page.getByRole('heading', { name: 'Verdigris ink' }).isVisible()).toBe(true);
    violations.push(...(await looksOf(page)));
    await page.getByRole('button', { name: 'Leave early access' }).click();
    expect(await page.getByRole('heading', { name: 'Verdigris ink' }).count()).toBe(0);
    store.fail(new GatekeeperError('STORE_FAILED', 'connection refused'));
    await page.getByRole('button', { name: 'Join early access' }).click();
    expect(await page.getByRole('status').innerText()).toContain('We cannot get at the list just now');
    expect(violations).toEqual([]);
  });

  it('turns away who wants an account while registration is closed from the dashboard, and says so', async () => {
    const page = await enter();
    await page.goto('/gatekeeper/?q=registration');
    await page
      .getByRole('group', { name: 'Variant of registration/closed' })
      .getByRole('button', { name: 'on' })
      .click();
    await page.goto('/register');
    expect(new URL(page.url()).pathname).toBe('/');
    expect(await page.getByRole('status').innerText()).toContain('We are not opening new accounts');
  });

  it('opens an account and sells something to it, by way of the payment ticked first', async () => {
    const page = await enter();
    await page.goto('/register');
    await page.getByLabel('Name').fill('Elin Berg');
    await page.getByLabel('E-mail').fill('elin@letters.example');
    await page.getByLabel('Street').fill('Storgatan 1, Umeå');
    await page.getByLabel('Country').selectOption('Sweden');
    await page.getByRole('button', { name: 'Open the account' }).click();
    expect(await page.getByRole('status').innerText()).toContain('Welcome, Elin');
    await page.goto('/products/letter-set');
    await page.getByRole('button', { name: 'Put into the basket' }).click();
    await page.goto('/checkout');
    const payment = await page.getByRole('radio', { checked: true }).getAttribute('value');
    await page.getByRole('button', { name: 'Place the order' }).click();
    expect(await page.getByText(`Paid by ${payment}`).isVisible()).toBe(true);
  });

  const LOOKS = [
    ['dark', ORDINARY],
    ['light', CHRISTMAS],
    ['dark', CHRISTMAS],
  ] as const;

  const PAGES = ['/', '/products/heron-fountain-pen', '/basket', '/checkout', '/register', '/login', '/tour'] as const;

  for (const path of PAGES) {
    it(`${path}: axe finds nothing, in light, dark or at Christmas, and it fits a phone`, async () => {
      let now = ORDINARY;
      const page = await enter({ clock: () => now }, { viewport: { width: 360, height: 740 } });
      if (path !== '/login' && path !== '/register') await logIn(page, 'Bruno');
      await page.goto('/products/letter-set');
      await page.getByRole('button', { name: 'Put into the basket' }).click();
      await page.goto(path);
      const violations = [...(await examine(page))];
      for (const [colorScheme, moment] of LOOKS) {
        now = moment;
        await page.emulateMedia({ colorScheme });
        await page.goto(path);
        violations.push(...(await examine(page, 'color-contrast')));
      }
      expect(violations).toEqual([]);
    });
  }

  /** What axe finds on the page as it is, in light and dark. */
  async function looksOf(page: Page): Promise<(readonly [string, readonly string[]])[]> {
    const found = [...(await examine(page))];
    await page.emulateMedia({ colorScheme: 'dark' });
    found.push(...(await examine(page, 'color-contrast')));
    await page.emulateMedia({ colorScheme: 'light' });
    return found;
  }

  /** What axe finds on a page that is unfolded and as narrow as a phone: everything, or what one of its rules finds. */
  async function examine(page: Page, rule?: string): Promise<(readonly [string, readonly string[]])[]> {
    await page.locator('details').evaluateAll((all) => {
      for (const details of all) details.setAttribute('open', '');
    });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
    const axe = new AxeBuilder({ page });
    const { violations } = await (rule === undefined ? axe : axe.withRules(rule)).analyze();
    return violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)] as const);
  }
});
