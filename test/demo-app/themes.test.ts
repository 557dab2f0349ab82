import { describe, expect, it } from 'vitest';
import { FlagsCopy, soon } from './flags-copy.js';
import { openShop } from './visitor.js';

const isDark = (page: string) => page.includes('<html lang="en" data-theme="dark">');
const isChristmas = (page: string) => page.includes('/static/css/christmas.css');

const CHRISTMAS = [
  ['2026-11-30T22:59:59Z', false],
  ['2026-11-30T23:00:00Z', true],
  ['2026-12-24T16:00:00Z', true],
  ['2026-12-26T22:59:59Z', true],
  ['2026-12-26T23:00:00Z', false],
] as const;

describe('theme/dark, one country first', () => {
  it.each([
    ['a visitor', false],
    ['Ada', true],
    ['Bruno', false],
    ['Mei', false],
  ] as const)('%s finds every page dark: %s', async (who, dark) => {
    const visitor = await (await openShop()).somebody(who);
    for (const path of ['/', '/basket', '/tour', '/nowhere']) expect(isDark(await visitor.page(path))).toBe(dark);
  });

  it('tells the browser too, so that its own parts are dark', async () => {
    const visitor = await (await openShop()).somebody('Ada');
    expect(await visitor.page('/')).toContain('<meta name="color-scheme" content="dark">');
  });

  it('reaches the next country when it is added to the file', async () => {
    const flags = new FlagsCopy();
    const shop = await openShop('production', { store: flags.store });
    const bruno = await shop.somebody('Bruno');
    expect(isDark(await bruno.page('/'))).toBe(false);
    flags.edit('country: SE', 'country: [SE, IE]');
    await soon(async () => isDark(await bruno.page('/'))).toBe(true);
  });
});

describe('theme/christmas, between two dates', () => {
  it.each(CHRISTMAS)('at %s by the clock it hangs: %s', async (now, hangs) => {
    const shop = await openShop('production', { clock: () => Date.parse(now) });
    expect(isChristmas(await shop.visitor().page('/'))).toBe(hangs);
  });

  it('comes and goes while the shop runs', async () => {
    let now = '';
    const visitor = (await openShop('production', { clock: () => Date.parse(now) })).visitor();
    for (const [instant, hangs] of CHRISTMAS) {
      now = instant;
      expect(isChristmas(await visitor.page('/'))).toBe(hangs);
    }
  });

  it('can be looked at beforehand by one browser', async () => {
    const visitor = (await openShop()).visitor();
    await visitor.override('theme/christmas', 'on');
    expect(await visitor.page('/')).toContain('Posted by 18 December');
  });
});
