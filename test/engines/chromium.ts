import { type Browser, chromium } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';
import { describeWith } from './describe-with.js';
import { chromiumEngine } from './engines.js';

// Quiet and self-contained: no calls home while tests measure what a page does, and it starts as root in a container.
const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Starts a headless browser with a fresh temporary profile, which goes away when it is closed. */
function launchChromium(executablePath: string): Promise<Browser> {
  return chromium.launch({ executablePath, headless: true, args: flags });
}

/**
 * A `describe` with one browser for all its tests: `describeInChromium('the shop', (browser) => { it(…) })`.
 * `browser()` gives it inside a test or hook; each test opens its own context, so that no cookie is shared.
 */
export function describeInChromium(title: string, body: (browser: () => Browser) => void): void {
  describeWith(chromiumEngine, title, (executable) => {
    let launched: Browser | undefined;
    beforeAll(async () => {
      launched = await launchChromium(executable);
    }, 60_000); // the first start on a cold machine reads 300 MB
    afterAll(async () => {
      await launched?.close();
    });
    body(() => {
      if (!launched) throw new Error('browser() was called while tests are collected: call it inside a test or a hook');
      return launched;
    });
  });
}
