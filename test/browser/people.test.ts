import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { expect, it, onTestFinished } from 'vitest';
import { anApp, PlainFlag, start } from '../dashboard/an-app.js';
import { describeInChromium } from '../engines/chromium.js';

const WIDE = 'W'.repeat(190);

/** An app that has seen all kinds of people, and takes everybody at their word. */
async function town(): Promise<string> {
  const flags = [new PlainFlag('MY_NEW_FEATURE'), new PlainFlag(WIDE, [WIDE.slice(0, 100), 'off'])];
  const definitions = {
    flags: {
      nordic: {
        description: 'For the north',
        rules: [{ name: 'Nordic', when: { country: ['SE', 'NO'] } }],
        serve: 'off',
      },
      pay: { variants: ['card', 'wallet', 'off'], bucketBy: 'userId', serve: { split: { card: 1, wallet: 3 } } },
      share: { serve: { percentage: 20 }, rules: [{ when: { appVersion: { semver: '>=2.0.0' } } }] },
    },
  } as const;
  const origin = await start(
    anApp({
      gatekeeper: {
        flags,
        definitions,
        userId: (req) => req.get('x-id'),
        attributes: (req) => JSON.parse(req.get('x-attributes') ?? '{}'),
      },
    }),
  );
  for (const [id, attributes] of [
    ['42', { country: 'SE', plan: 'premium', role: 'customer', joined: 'long ago', beta: true }],
    [WIDE, { [WIDE]: WIDE, nested: { list: [1, 2] } }],
    ['', { country: 'NO' }],
  ] as const) {
    await fetch(`${origin}/shop`, {
      headers: { 'x-attributes': JSON.stringify(attributes), ...(id !== '' && { 'x-id': id }) },
    });
  }
  return origin;
}

describeInChromium('people in the dashboard', (browser) => {
  async function open(path: string, phone = false): Promise<Page> {
    const context = await browser().newContext({
      baseURL: `${await town()}/gatekeeper/`,
      ...(phone && { viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true }),
    });
    const page = await context.newPage();
    const errors: string[] = [];
    page.on('console', (message) => void (message.type() === 'error' && errors.push(message.text())));
    onTestFinished(async () => {
      await context.close();
      expect(errors.filter((text) => !text.includes('status of 400'))).toEqual([]);
    });
    await page.goto(path);
    return page;
  }

  it('lead from the list to what somebody gets and why, and to what they would get if they were otherwise', async () => {
    const page = await open('people');
    await page.getByRole('searchbox').fill('plan: premium');
    await page.getByRole('button', { name: 'Search' }).click();
    await page.getByRole('link', { name: 'User 42' }).click();
    const nordic = page
      .getByRole('listitem')
      .filter({ has: page.getByRole('heading', { name: 'nordic' }) })
      .first();
    expect(await nordic.locator('.gets').innerText()).toBe('on');
    await nordic.locator('summary').click();
    expect(await nordic.locator('.step-decided').innerText()).toContain('Nordic');

    await page.getByText('Try other attributes or another moment').click();
    await page.getByLabel('Attributes').fill('country: DE');
    await page.getByRole('button', { name: 'See what they get' }).click();
    expect(await nordic.locator('.gets').innerText()).toBe('off');
    await page.getByLabel('Attributes').fill('country DE');
    await page.getByRole('button', { name: 'See what they get' }).click();
    expect(await page.getByLabel('Attributes').getAttribute('aria-invalid')).toBe('true');
    expect(await page.getByLabel('Attributes').inputValue()).toBe('country DE');
    await page.getByRole('link', { name: 'As last seen' }).click();
    expect(await nordic.locator('.gets').innerText()).toBe('on');
  });

  const PAGES = [
    ['the list', 'people'],
    ['who gets what of a flag', 'people?flag=nordic&variant=on'],
    ['nobody found', 'people?q=nobody'],
    ['a person', 'person?user=42'],
    ['a person of awkward names', `person?user=${WIDE}`],
    ['somebody made up', 'person?attributes=plan%3A+premium&at=2026-12-24'],
    ['somebody made up badly', 'person?attributes=plan&at=tomorrow'],
    ['the empty form', 'person'],
  ] as const;

  for (const [what, path] of PAGES) {
    it(`${what}: axe finds nothing, in light or dark, and it fits a phone`, async () => {
      const page = await open(path, true);
      await page.locator('details').evaluateAll((all) => {
        for (const details of all) details.setAttribute('open', '');
      });
      const light = await new AxeBuilder({ page }).analyze();
      await page.emulateMedia({ colorScheme: 'dark' });
      const dark = await new AxeBuilder({ page }).withRules('color-contrast').analyze();
      const found = [...light.violations, ...dark.violations];
      expect(found.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
    });
  }
});
