import { readFileSync } from 'node:fs';
import type { Definitions, FlagStore } from 'express-gatekeeper';
import { memoryStore } from 'express-gatekeeper/stores/memory';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { expect, onTestFinished, vi } from 'vitest';
import { parse } from 'yaml';
import { createApp } from '../../demo-app/app.js';
import { FLAGS_FILE } from '../../demo-app/flag-store.js';
import { start } from '../dashboard/an-app.js';

/** A shop that is open, and the store its flags are kept in. */
export interface AShop {
  readonly origin: string;
  readonly store: FlagStore;
}

/** The demo shop on a developer's machine, with the flags it opens with, but for those named. */
export async function aShop({ without = [] }: { readonly without?: readonly string[] } = {}): Promise<AShop> {
  const { flags, segments = {} } = parse(readFileSync(FLAGS_FILE, 'utf8')) as Required<Definitions>;
  const kept = Object.fromEntries(Object.entries(flags).filter(([name]) => !without.includes(name)));
  const store = memoryStore();
  await store.apply('default', { flags: kept, segments }, { by: 'marginalia', comment: 'The shop opens' });
  const open = new AbortController();
  onTestFinished(() => open.abort());
  vi.stubEnv('NODE_ENV', 'development');
  const app = createApp({ secret: 'only for tests', log: () => undefined, store, signal: open.signal });
  vi.unstubAllEnvs();
  return { origin: await start(app), store };
}

/** A shop where much was changed and people have been, with an environment beside it. */
export async function aBusyShop(): Promise<AShop> {
  const shop = await aShop();
  const { store, origin } = shop;
  const { flags, segments } = await store.load('default');
  const { 'gift/card': _, ...fewer } = flags;
  await store.apply(
    'staging',
    { flags: { ...fewer, 'theme/dark': 20 }, segments },
    { by: 'ann', comment: 'As at home' },
  );
  await store.apply('default', { flags: { 'theme/dark': 30, 'api/count': null } }, { by: 'bob', comment: 'Darker' });
  await store.apply('default', { flags: { 'api/count': flags['api/count'] ?? null } }, { by: 'ann' });
  const killed = { flags: { 'gift/wrap': { killed: true } } };
  await store.apply('default', killed, { by: 'ann', comment: 'We ran out of paper' });
  for (const person of ['1', '2']) {
    const answer = await fetch(`${origin}/login`, {
      method: 'POST',
      body: new URLSearchParams({ person }),
      headers: { Origin: origin },
      redirect: 'manual',
    });
    const cookie = answer.headers.getSetCookie().map((each) => each.split(';')[0]);
    await fetch(origin, { headers: { Cookie: cookie.join('; ') } });
  }
  return shop;
}

/** What somebody comes with: a browser of their own, and how they go about with it. */
interface Coming extends BrowserContextOptions {
  /** The answers that are not to be successes, such as `['409 (Conflict)']`. */
  readonly refused?: readonly string[];
}

/** A page in a browser of its own; the test fails when a page writes an error to the console that nobody expects. */
export async function enter(
  browser: Browser,
  { origin }: AShop,
  path: string,
  { refused = [], ...options }: Coming = {},
): Promise<Page> {
  const context = await browser.newContext({ baseURL: origin, colorScheme: 'light', ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(10_000); // says what it waits for, before the test's own time is over
  const errors: string[] = [];
  page.on('console', (message) => void (message.type() === 'error' && errors.push(message.text())));
  page.on('pageerror', (error) => void errors.push(error.message));
  page.on('dialog', (dialog) => void errors.push(dialog.message()));
  onTestFinished(async () => {
    await context.close();
    expect(errors).toEqual(
      refused.map((status) => `Failed to load resource: the server responded with a status of ${status}`),
    );
  });
  await page.goto(path);
  return page;
}

/** Logs one of the shop's people in, and leaves them at its door. */
export async function logIn(page: Page, name: 'Ada' | 'Bruno' | 'Mei'): Promise<void> {
  await page.goto('/login');
  await page.getByRole('button', { name: `Log in as ${name}` }).click();
  await page.waitForURL((url) => url.pathname === '/');
}
