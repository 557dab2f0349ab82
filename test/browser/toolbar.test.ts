import { AxeBuilder } from '@axe-core/playwright';
import type { Express } from 'express';
import expressOf from 'express';
import { gatekeeper } from 'express-gatekeeper';
import { dashboard } from 'express-gatekeeper/dashboard';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { expect, it, onTestFinished, vi } from 'vitest';
import { createApp } from '../../demo-app/app.js';
import { PlainFlag, silent, start } from '../dashboard/an-app.js';
import { describeInChromium } from '../engines/chromium.js';

/** The demo shop on a developer's machine. */
function shop(): Express {
  vi.stubEnv('NODE_ENV', 'development');
  const app = createApp({ secret: 'only for tests', log: () => undefined });
  vi.unstubAllEnvs();
  return app;
}

/** Styles that would burst a toolbar which takes them. */
const LOUD =
  'html { font-size: 40px } * { color: red; margin: 9px } button, a, section { position: absolute; width: 900px }';

/** An app whose one page reads flags of awkward names, under a policy that goes by nonces. */
function awkward(names: readonly string[], can: readonly ('view' | 'override')[] = ['view', 'override']): Express {
  const flags = names.map((name) => new PlainFlag(name, [name.slice(0, 100), 'off']));
  const gk = gatekeeper({ flags, browserOverrides: { secret: 'a secret', allow: () => true }, logger: silent });
  const app = expressOf();
  app.get('/favicon.ico', (_req, res) => void res.sendStatus(204));
  app.use(gk);
  app.get('/', (req, res) => {
    for (const name of names) req.gk.ffVariant(name as never);
    const toolbar = req.gk.toolbar({ at: '/tools/flags', nonce: 'n1' });
    res.set(
      'Content-Security-Policy',
      "default-src 'none'; connect-src 'self'; script-src 'nonce-n1'; style-src 'nonce-n1'",
    );
    res.send(
      `<!doctype html><html lang="en"><title>Awkward</title><style nonce="n1">${LOUD}</style><main><h1>Page</h1></main>${toolbar}</html>`,
    );
  });
  app.use('/tools/flags', dashboard(gk, { authorize: () => ({ by: 'ann', can }) }));
  return app;
}

describeInChromium('the toolbar', (browser) => {
  /** A page of a new browser; the test fails when the page writes an error to the console, a refused style for example. */
  async function open(
    app: Express,
    options: BrowserContextOptions = {},
    expected: readonly string[] = [],
  ): Promise<Page> {
    const context = await browser().newContext({ baseURL: await start(app), ...options });
    const page = await context.newPage();
    const errors: string[] = [];
    page.on('console', (message) => void (message.type() === 'error' && errors.push(message.text())));
    page.on('pageerror', (error) => void errors.push(error.message));
    page.on('dialog', (dialog) => void errors.push(dialog.message()));
    onTestFinished(async () => {
      await context.close();
      expect(errors).toEqual(expected);
    });
    await page.goto('/');
    return page;
  }

  const bar = (page: Page) => page.getByRole('region', { name: 'Feature flags on this page' });
  const pill = (page: Page) => bar(page).getByRole('button', { name: /\d flags?/ });
  const variant = (page: Page, flag: string, name: string) =>
    bar(page)
      .getByRole('group', { name: `Variant of ${flag}` })
      .getByRole('button', { name, exact: true });
  const said = (page: Page) => bar(page).getByRole('status');

  it('shows what the page read, switches one and shows the page as it is then, and clears all', async () => {
    const page = await open(shop());
    expect(await page.locator('.shelf').count()).toBe(1);
    await pill(page).click();
    expect(await bar(page).getByRole('link', { name: 'RECOMMENDATIONS', exact: true }).count()).toBe(1);
    expect(await variant(page, 'RECOMMENDATIONS', 'VISIBLE').getAttribute('aria-pressed')).toBe('true');

    await variant(page, 'RECOMMENDATIONS', 'NOT_VISIBLE').click();
    await said(page).filter({ hasText: 'RECOMMENDATIONS is set to NOT_VISIBLE in this browser.' }).waitFor();
    expect(await page.locator('.shelf').count()).toBe(0);
    expect(await variant(page, 'RECOMMENDATIONS', 'NOT_VISIBLE').getAttribute('aria-pressed')).toBe('true');
    expect(await bar(page).getByText('1 override in this browser').isVisible()).toBe(true);

    await pill(page).click();
    expect(await bar(page).getByText('1 overridden').isVisible()).toBe(true);
    await page.goto('/basket');
    expect(await bar(page).getByText('1 overridden').isVisible()).toBe(true);

    await pill(page).click();
    expect(await bar(page).getByText('Not on this page: RECOMMENDATIONS is NOT_VISIBLE').isVisible()).toBe(true);
    await bar(page).getByRole('button', { name: 'Clear all' }).click();
    await said(page).filter({ hasText: 'All overrides of this browser are cleared.' }).waitFor();
    expect(await bar(page).getByText('overridden').count()).toBe(0);
    await page.goto('/');
    expect(await page.locator('.shelf').count()).toBe(1);
  });

  it('works by keyboard alone: the focus comes back to what was pressed, Escape shuts it', async () => {
    const page = await open(shop());
    const focused = () =>
      page.evaluate(() => document.querySelector('gatekeeper-toolbar')?.shadowRoot?.activeElement?.textContent);
    await pill(page).focus();
    await page.keyboard.press('Enter');
    await variant(page, 'theme/dark', 'on').focus();
    await page.keyboard.press('Enter');
    await said(page).filter({ hasText: 'theme/dark is set to on' }).waitFor();
    expect(await page.locator('html').getAttribute('data-theme')).toBe('dark');
    await expect.poll(focused).toBe('on');
    await page.keyboard.press('Escape');
    expect(await pill(page).getAttribute('aria-expanded')).toBe('false');
    expect(await focused()).toContain('overridden');
  });

  it('hands a variant on by a link', async () => {
    const page = await open(shop(), { permissions: ['clipboard-read', 'clipboard-write'] });
    await pill(page).click();
    await bar(page).getByRole('link', { name: 'Copy a link to VISIBLE of RECOMMENDATIONS' }).click();
    await said(page).filter({ hasText: 'The link is copied.' }).waitFor();
    const link = await page.evaluate(() => navigator.clipboard.readText());
    expect(new URL(link).pathname).toBe('/gatekeeper/share');
    await page.goto(link);
    expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe('See this variant in your browser?');
  });

  it('is a plain list with a link to the dashboard where there is no JavaScript', async () => {
    const page = await open(shop(), { javaScriptEnabled: false });
    await page.locator('.gatekeeper-toolbar summary').click();
    expect(await page.locator('.gatekeeper-toolbar').getByText('RECOMMENDATIONS').isVisible()).toBe(true);
    await page.locator('.gatekeeper-toolbar').getByRole('link', { name: 'All flags' }).click();
    expect(new URL(page.url()).pathname).toBe('/gatekeeper/');
  });

  const HOSTILE = [
    '</script><script>document.title="taken"</script>',
    '"><img src=x onerror=alert(1)>',
    '__proto__',
    '{{7*7}}',
    'W'.repeat(190),
  ];

  it('shows hostile names as they are, switches them like others, and neither takes nor changes the looks of the app', async () => {
    const page = await open(awkward(HOSTILE));
    const looks = (selector: string) =>
      page
        .locator(selector)
        .first()
        .evaluate((element) => JSON.stringify(element.getBoundingClientRect()));
    const before = await looks('h1');
    await pill(page).click();
    expect(await looks('h1')).toBe(before);
    expect(await page.title()).toBe('Awkward');
    const panel = await bar(page).locator('.panel').boundingBox();
    expect(panel?.width).toBe(400);
    expect(await pill(page).evaluate((element) => getComputedStyle(element).position)).toBe('static');
    for (const name of HOSTILE) {
      const shown = name.slice(0, 100);
      await variant(page, name, shown).click();
      await said(page)
        .filter({ hasText: `${name} is set to ${shown}` })
        .waitFor();
    }
    expect(await bar(page).getByText(`${HOSTILE.length} overrides in this browser`).isVisible()).toBe(true);
  });

  it('says so when the dashboard does not let its user switch anything', async () => {
    const page = await open(awkward(['one'], ['view']), {}, [
      'Failed to load resource: the server responded with a status of 403 (Forbidden)',
    ]);
    await pill(page).click();
    await variant(page, 'one', 'off').click();
    await said(page).filter({ hasText: 'You may not set overrides. Nothing was changed.' }).waitFor();
  });

  it('has a search where a page reads many', async () => {
    const page = await open(awkward(Array.from({ length: 30 }, (_, i) => `flag-${i}`)));
    await pill(page).click();
    await bar(page).getByRole('searchbox').fill('29');
    expect(await bar(page).getByRole('listitem').count()).toBe(1);
  });

  it('axe finds nothing in it, open or shut, in light or dark, and it fits a phone', async () => {
    const page = await open(shop(), { viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true });
    const found: unknown[] = [];
    const examine = async (): Promise<void> => {
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        const { violations } = await new AxeBuilder({ page }).analyze();
        found.push(...violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]));
      }
      await page.emulateMedia({ colorScheme: 'light' });
    };
    await examine();
    await pill(page).click();
    await variant(page, 'RECOMMENDATIONS', 'NOT_VISIBLE').click();
    await said(page).filter({ hasText: 'is set to' }).waitFor();
    await examine();
    expect(found).toEqual([]);
    const box = await bar(page).locator('.panel').boundingBox();
    expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(360);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
  });
});
