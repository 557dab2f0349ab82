import express from 'express';
import { type Gatekeeper, gatekeeper } from 'express-gatekeeper';
import { dashboard } from 'express-gatekeeper/dashboard';
import { memoryStore } from 'express-gatekeeper/stores/memory';
import type { Page } from 'playwright-core';
import { expect, it, onTestFinished } from 'vitest';
import { silent, start } from '../dashboard/an-app.js';
import { describeInChromium } from '../engines/chromium.js';

describeInChromium('a page that is open', (browser) => {
  /** A dashboard's page, once it listens, and the gatekeeper behind it. */
  async function open(path = ''): Promise<{ readonly page: Page; readonly gk: Gatekeeper }> {
    const gk = gatekeeper({ flags: [], store: memoryStore(), logger: { ...silent, info() {} } });
    onTestFinished(() => gk.close());
    await gk.update('dark_mode', true, { by: 'ann' });
    const app = express();
    const can = ['view', 'override', 'edit', 'kill'] as const;
    app.use('/gatekeeper', dashboard(gk, { authorize: () => ({ by: 'ann', can }) }));
    const context = await browser().newContext({ baseURL: await start(app) });
    onTestFinished(() => context.close());
    const page = await context.newPage();
    const listening = page.waitForResponse(/\/live\?since=/);
    await page.goto(`/gatekeeper/${path}`);
    await listening;
    return { page, gk };
  }

  it('says who changed what, reloads when asked to, and then is quiet', async () => {
    const { page, gk } = await open();
    await page.getByRole('searchbox').fill('half typed');
    await gk.update('checkout/express-pay', true, { by: 'bob' });
    const bar = page.getByRole('status');
    await bar.getByText('bob changed checkout/express-pay.').waitFor();
    expect(await page.getByRole('searchbox').inputValue()).toBe('half typed');
    expect(await page.locator('.flag').count()).toBe(1);
    await gk.update('new_search', true, { by: 'eve' });
    await bar.getByText('bob and eve changed checkout/express-pay and new_search.').waitFor();
    await bar.getByRole('button', { name: 'Reload' }).click();
    await expect.poll(() => page.locator('.flag').count()).toBe(3);
    expect(await bar.count()).toBe(0);
  });

  it('shows hostile names as they are', async () => {
    const { page, gk } = await open();
    await gk.update('<img src=x onerror=alert(1)>', true, { by: '<b>bob</b>' });
    await page.getByText('<b>bob</b> changed <img src=x onerror=alert(1)>.').waitFor();
    await page.getByRole('button', { name: 'Not now' }).click();
    expect(await page.getByRole('status').count()).toBe(0);
  });

  it('keeps quiet about what its own form changed', async () => {
    const { page, gk } = await open('shut?name=dark_mode');
    await page.getByLabel('Why?').first().fill('it is too dark');
    await page.getByRole('button', { name: 'Kill it now' }).click();
    await page.waitForURL((url) => !url.pathname.endsWith('/shut'));
    // What comes next tells that nothing came before.
    await gk.update('new_search', true, { by: 'bob' });
    await page.getByRole('status').getByText('changed new_search').waitFor();
    expect(await page.getByRole('status').getByText('bob changed new_search.').count()).toBe(1);
  });
});
