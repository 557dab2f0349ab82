/* Makes the pictures of the README from the running demo: npm run screenshots */
import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { type BrowserContext, chromium } from 'playwright-core';
import { createApp } from '../demo-app/app.js';
import { findEngine } from '../test/engines/engine.js';
import { chromiumEngine } from '../test/engines/engines.js';

const images = join(import.meta.dirname, 'images');
const size = { width: 1120, height: 840 };

const executablePath = findEngine(chromiumEngine);
if (executablePath === undefined) throw new Error('The pictures need Chromium: npm run setup:engines');

const closing = new AbortController();
const server = createApp({ log: () => undefined, signal: closing.signal }).listen(0, '127.0.0.1');
await once(server, 'listening');
const shop = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
try {
  await mkdir(images, { recursive: true });
  const context = await browser.newContext({ viewport: size, deviceScaleFactor: 2, baseURL: shop });
  await switchOn(context, 'EXPRESS_CHECKOUT', 'VISIBLE');
  const product = await shot(context, '/products/heron-fountain-pen');
  const flags = await shot(context, '/gatekeeper/', 'dashboard');
  await sideBySide(context, [product, flags], 'demo');
} finally {
  await browser.close();
  closing.abort();
  server.close();
}

/** Sets an override as a person does: on the page. */
async function switchOn(context: BrowserContext, flag: string, variant: string): Promise<void> {
  const page = await context.newPage();
  await page.goto(`/gatekeeper/share?flag=${flag}&variant=${variant}`);
  await page.getByRole('main').getByRole('button').first().click();
  await page.close();
}

/** The picture of a page, kept under `name` where the README shows it by itself. */
async function shot(context: BrowserContext, path: string, name?: string): Promise<string> {
  const page = await context.newPage();
  await page.goto(path);
  const image = await page.screenshot(name === undefined ? {} : { path: join(images, `${name}.png`) });
  await page.close();
  return image.toString('base64');
}

/** Two pages in one picture, each in a frame of its own. */
async function sideBySide(context: BrowserContext, pages: readonly string[], name: string): Promise<void> {
  const page = await context.newPage();
  await page.setViewportSize({ width: 1600, height: 640 });
  const frames = pages.map((image) => `<img alt="" src="data:image/png;base64,${image}">`).join('');
  await page.setContent(`<style>
    body { margin: 0; padding: 28px; display: flex; gap: 28px; background: #e9e7e2; }
    img { width: calc(50% - 14px); border-radius: 12px; box-shadow: 0 6px 28px rgb(0 0 0 / 18%); }
  </style>${frames}`);
  await page.locator('body').screenshot({ path: join(images, `${name}.png`) });
  await page.close();
}
