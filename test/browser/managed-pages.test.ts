import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { describeInChromium } from '../engines/chromium.js';
import { aBusyShop, enter } from './a-shop.js';

describeInChromium('a page of the dashboard over a store', (browser) => {
  const flag = (name: string, more = '') => `flag?name=${encodeURIComponent(name)}${more}`;
  const press = (name: string) => (page: Page) => page.getByRole('button', { name, exact: true }).click();

  const UNUSABLE = '422 (Unprocessable Entity)';

  /** Where to go, what is done there to come to the page, and how it is answered when that is no success. */
  type Way = readonly [path: string, reach?: (page: Page) => Promise<void>, refused?: string];
  const PAGES: readonly (readonly [what: string, ...Way])[] = [
    ['a flag with rules', flag('api/count')],
    ['a flag with a ramp', flag('delivery/paper-parcel')],
    ['an experiment', flag('checkout/first-payment')],
    ['a flag as YAML', flag('theme/dark', '&tab=yaml')],
    ['a flag that is a class', flag('RECOMMENDATIONS')],
    ['a killed flag', flag('gift/wrap')],
    ['a new flag', 'create'],
    ['a new flag without a name', 'create', press('Preview'), UNUSABLE],
    ['a preview', flag('theme/dark'), preview('kind: ops\nserve: { percentage: 50 }')],
    ['a definition that cannot be used', flag('theme/dark'), preview('rules: [{ when: 5 }]'), UNUSABLE],
    ['two changes of one flag', flag('theme/dark'), meetAnother, '409 (Conflict)'],
    ['a kill', 'shut?name=theme%2Fdark'],
    ['a revival', 'shut?name=gift%2Fwrap'],
    ['the history', 'history'],
    ['a revision', 'history?revision=2'],
    ['an undo', 'undo?revision=2'],
    ['the past', 'then'],
    ['the past of somebody', 'then?user=1&at=2026-01-01T10:00&zone=UTC'],
    ['why somebody got it then', 'then?user=1&at=2099-01-01T10:00&zone=UTC&flag=theme%2Fdark'],
    ['people', 'people'],
    ['a person', 'person?user=1'],
    ['environments', 'environments'],
    ['two environments compared', 'environments?with=staging'],
    ['a promotion', 'promote?here=default&there=staging&to=staging&all=1'],
  ];

  /** Comes to the answer to a definition that is written as YAML. */
  function preview(yaml: string): (page: Page) => Promise<void> {
    return async (page) => {
      await press('YAML')(page);
      await page.locator('textarea[name="yaml"]').fill(yaml);
      await press('Preview the change')(page);
    };
  }

  /** Previews a change of a flag as it stood at first. */
  async function meetAnother(page: Page): Promise<void> {
    await page.locator('input[name="revision"]').evaluate((field) => field.setAttribute('value', '1'));
    await preview('serve: { percentage: 50 }')(page);
  }

  for (const [what, path, reach, refused] of PAGES) {
    it(`${what}: axe finds nothing, in light or dark, and it fits a phone`, async () => {
      const phone = { viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true };
      const page = await enter(browser(), await aBusyShop(), `/gatekeeper/${path}`, {
        ...phone,
        refused: refused === undefined ? [] : [refused],
      });
      const there = reach && page.waitForEvent('load');
      await reach?.(page);
      await there;
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
