import { createServer, request as forward } from 'node:http';
import type { AddressInfo } from 'node:net';
import { AxeBuilder } from '@axe-core/playwright';
import type { Express } from 'express';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { expect, it, onTestFinished, vi } from 'vitest';
import { createApp } from '../../demo-app/app.js';
import { AStore } from '../dashboard/a-store.js';
import { anApp, PlainFlag, start } from '../dashboard/an-app.js';
import { describeInChromium } from '../engines/chromium.js';

const SHARE = '/gatekeeper/share?flag=RECOMMENDATIONS&variant=NOT_VISIBLE';

/** The demo shop on a developer's machine. */
function shop(): Express {
  vi.stubEnv('NODE_ENV', 'development');
  const app = createApp({ secret: 'only for tests', log: () => undefined });
  vi.unstubAllEnvs();
  return app;
}

/** Names and texts that would burst a page that trusts them. */
function hostile(): Express {
  const wide = 'W'.repeat(190);
  const names = [
    '</script><script>document.title="taken"</script>',
    '"><img src=x onerror=alert(1)>',
    '\u202Egnp.exe',
    wide,
  ];
  const flags = names.map((name) => new PlainFlag(name, [name.slice(0, 100), 'off'], name.repeat(50)));
  return anApp({ gatekeeper: { flags, userId: () => wide } });
}

/** Every kind of picture, mark and warning at once. */
function eventful(): Express {
  const store = new AStore({
    share: { kind: 'release', owner: 'web', expires: '2001-01-01', tags: ['home'], serve: { percentage: 20 } },
    split: {
      variants: ['one', 'two', 'off'],
      rules: [{ name: 'Nordic', when: { country: 'SE' } }],
      serve: { split: { one: 1, two: 3 } },
    },
    killed: { killed: true },
    'switched-off': false,
    broken: { serve: 'MAYBE' },
    MY_NEW_FEATURE: { serve: 'MAYBE' },
  });
  const app = anApp({ gatekeeper: { store, userId: () => 42 } });
  store.change(new Error('flags.yaml cannot be parsed: Map keys must be unique at line 3, column 1.'));
  return app;
}

describeInChromium('the dashboard', (browser) => {
  /** A page of a new browser; the test fails when the page writes an error to the console, a refused style for example. */
  async function open(app: Express, path: string, options: BrowserContextOptions = {}): Promise<Page> {
    const context = await browser().newContext({ baseURL: await start(app), ...options });
    const page = await context.newPage();
    const errors: string[] = [];
    page.on('console', (message) => void (message.type() === 'error' && errors.push(message.text())));
    page.on('pageerror', (error) => void errors.push(error.message));
    page.on('dialog', (dialog) => void errors.push(dialog.message()));
    onTestFinished(async () => {
      await context.close();
      expect(errors).toEqual([]);
    });
    await page.goto(path);
    return page;
  }

  const row = (page: Page, flag: string) =>
    page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: flag }) });
  const variant = (page: Page, flag: string, name: string) =>
    page.getByRole('group', { name: `Variant of ${flag}` }).getByRole('button', { name });

  it('changes what this browser sees of the shop, says so, and takes it back', async () => {
    const page = await open(shop(), '/');
    const shelf = page.locator('.shelf');
    expect(await shelf.count()).toBe(1);

    await page.goto('/gatekeeper');
    expect(await variant(page, 'RECOMMENDATIONS', 'VISIBLE').first().getAttribute('aria-pressed')).toBe('true');
    await variant(page, 'RECOMMENDATIONS', 'NOT_VISIBLE').click();
    expect(await page.getByRole('status').innerText()).toContain('RECOMMENDATIONS is set to NOT_VISIBLE');
    expect(await page.getByRole('heading', { name: '1 override in this browser' }).count()).toBe(1);
    expect(await row(page, 'RECOMMENDATIONS').locator('summary').innerText()).toContain('set to NOT_VISIBLE');

    await page.goto('/');
    expect(await shelf.count()).toBe(0);

    await page.goto('/gatekeeper/');
    await row(page, 'RECOMMENDATIONS')
      .getByRole('button', { name: /^Clear/ })
      .click();
    expect(await page.getByRole('status').innerText()).toContain('no longer overridden');
    await page.goto('/');
    expect(await shelf.count()).toBe(1);
  });

  it('clears all overrides at once', async () => {
    const page = await open(shop(), '/gatekeeper/');
    await variant(page, 'RECOMMENDATIONS', 'NOT_VISIBLE').click();
    await variant(page, 'CHECKOUT_BUTTON', 'WARM').click();
    expect(await page.getByRole('heading', { name: '2 overrides in this browser' }).count()).toBe(1);
    await page.getByRole('button', { name: 'Clear all' }).click();
    expect(await page.getByRole('heading', { name: /overrides? in this browser/ }).count()).toBe(0);
  });

  it('hands a variant on by a link that asks first', async () => {
    const page = await open(shop(), SHARE);
    expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe('See this variant in your browser?');
    await page.goto('/');
    expect(await page.locator('.shelf').count()).toBe(1);
    await page.goBack();
    await page.getByRole('button', { name: 'Set it in this browser' }).click();
    expect(new URL(page.url()).pathname).toBe('/gatekeeper/');
    await page.goto('/');
    expect(await page.locator('.shelf').count()).toBe(0);
  });

  it('works by keyboard alone', async () => {
    const page = await open(shop(), '/gatekeeper/');
    const focused = () => page.evaluate(() => document.activeElement?.textContent?.trim() ?? '');
    await page.keyboard.press('Tab');
    expect(await focused()).toBe('Skip to the content');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    expect(await focused()).toBe('New flag');
    await page.keyboard.press('Tab');
    await page.keyboard.type('recommend');
    await page.keyboard.press('Enter');
    await page.waitForURL(/q=recommend/);

    await page.getByRole('searchbox').focus();
    for (let presses = 0; presses < 20 && (await focused()) !== 'NOT_VISIBLEoff'; presses += 1)
      await page.keyboard.press('Tab');
    const outline = await page.evaluate(() => getComputedStyle(document.activeElement as Element).outlineStyle);
    expect(outline).toBe('solid');
    await page.keyboard.press('Enter');
    await page.waitForURL(/done=set/);
    expect(new URL(page.url()).searchParams.get('q')).toBe('recommend');

    await page.locator('summary').focus();
    await page.keyboard.press('Space');
    expect(await page.getByText('Kill switch').isVisible()).toBe(true);
  });

  it('works without JavaScript', async () => {
    const page = await open(shop(), '/gatekeeper/', { javaScriptEnabled: false });
    await page.getByRole('searchbox').fill('recommend');
    await page.getByRole('button', { name: 'Search' }).click();
    expect(await page.locator('.flag').count()).toBe(1);
    await variant(page, 'RECOMMENDATIONS', 'NOT_VISIBLE').click();
    await page.goto('/');
    expect(await page.locator('.shelf').count()).toBe(0);
  });

  it('works behind a proxy that cuts a prefix off the address', async () => {
    const inner = new URL(await start(anApp({ mount: '/flags' })));
    const proxy = createServer((req, res) => {
      const { hostname, port } = inner;
      const path = req.url?.replace(/^\/tools/, '') ?? '/';
      const { method, headers } = req;
      req.pipe(
        forward({ hostname, port, path, method, headers }, (answer) => {
          res.writeHead(answer.statusCode ?? 500, answer.headers);
          answer.pipe(res);
        }),
      );
    }).listen(0, '127.0.0.1');
    onTestFinished(() => void proxy.close());
    await new Promise((resolve) => proxy.once('listening', resolve));
    const page = await open(anApp(), '/gatekeeper/');
    const outside = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}/tools/flags`;

    await page.goto(outside);
    expect(page.url()).toBe(`${outside}/`);
    await variant(page, 'MY_NEW_FEATURE', 'NOT_VISIBLE').click();
    expect(page.url()).toMatch(`${outside}/?done=set`);
    await page.getByRole('button', { name: 'Clear all' }).click();
    expect(page.url()).toBe(`${outside}/?done=cleared-all`);
    expect(await page.getByRole('main').evaluate((main) => getComputedStyle(main.parentElement ?? main).maxWidth)).toBe(
      '1216px',
    );
  });

  it('draws where the bucket lies, in right proportion, without a style of its own', async () => {
    const page = await open(eventful(), '/gatekeeper/?q=share');
    await page.locator('summary').click();
    const widths = await page
      .locator('.band')
      .evaluateAll((bands) => bands.map((band) => band.getBoundingClientRect().width));
    expect((widths[1] ?? 0) / (widths[0] ?? 0)).toBeCloseTo(4, 1);
    const needle = await page.locator('.needle').evaluate((circle) => circle.getAttribute('cx'));
    expect(await page.locator('.numbers').innerText()).toContain(needle?.replace('%', ' %'));
  });

  it('leads from a warning to the flag it is about', async () => {
    const page = await open(eventful(), '/gatekeeper/');
    await page.getByRole('link', { name: 'Show broken' }).click();
    expect(new URL(page.url()).search).toBe('?name=broken');
    expect(await page.getByRole('heading', { level: 1 }).innerText()).toContain('broken');
  });

  it('shows hostile names as they are, runs none of them', async () => {
    const page = await open(hostile(), '/gatekeeper/');
    expect(await page.title()).toBe('Flags · Gatekeeper');
    const name = '"><img src=x onerror=alert(1)>';
    expect(await page.getByRole('heading', { name }).innerText()).toBe(name);
    await variant(page, name, name).click();
    expect(await page.getByRole('status').innerText()).toContain(`${name} is set to ${name}`);
  });

  const PAGES = [
    ['the flags', shop, '/gatekeeper/', 200],
    ['a search without result', shop, '/gatekeeper/?q=nothing', 200],
    ['a link to share', shop, SHARE, 200],
    ['an unknown flag', shop, '/gatekeeper/share?flag=gone&variant=on', 404],
    ['a wrong address', shop, '/gatekeeper/no/where', 404],
    ['hostile names', hostile, '/gatekeeper/', 200],
    ['much going on', eventful, '/gatekeeper/', 200],
    ['closed overrides', () => anApp({ gatekeeper: { browserOverrides: false } }), '/gatekeeper/', 200],
    ['a closed door', () => anApp({ options: { authorize: () => undefined } }), '/gatekeeper/', 403],
  ] as const;

  for (const [what, app, path, status] of PAGES) {
    it(`${what}: axe finds nothing, in light or dark`, async () => {
      const page = await show(app(), path, status, { colorScheme: 'light' });
      const light = await new AxeBuilder({ page }).analyze();
      await page.emulateMedia({ colorScheme: 'dark' });
      const dark = await new AxeBuilder({ page }).withRules('color-contrast').analyze();
      const found = [...light.violations, ...dark.violations];
      expect(found.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
    });

    it(`${what}: fits a phone of 360 px without scrolling sideways`, async () => {
      const page = await show(app(), path, status, {
        viewport: { width: 360, height: 740 },
        isMobile: true,
        hasTouch: true,
      });
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
    });
  }

  /** A page in its fullest state: with overrides, and everything unfolded. */
  async function show(app: Express, path: string, status: number, options: BrowserContextOptions): Promise<Page> {
    const context = await browser().newContext({ baseURL: await start(app), ...options });
    onTestFinished(() => context.close());
    const page = await context.newPage();
    expect((await page.goto(path))?.status()).toBe(status);
    const buttons = page.locator('button.segment[aria-pressed="false"]');
    if ((await buttons.count()) > 0) {
      await buttons.first().click();
      await page.locator('details').evaluateAll((all) => {
        for (const details of all) details.setAttribute('open', '');
      });
    }
    return page;
  }
});
