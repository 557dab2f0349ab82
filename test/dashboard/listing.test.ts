import type { DashboardOptions, Right } from 'express-gatekeeper/dashboard';
import { memoryStore } from 'express-gatekeeper/stores/memory';
import { describe, expect, it } from 'vitest';
import { aVisitor, FLAGS, PlainFlag } from './an-app.js';

/** The names of the flags on a page, in its order. */
function listed(html: string): string[] {
  return [...html.matchAll(/name="flag" value="([^"]+)"/g)].map(([, name]) => name ?? '');
}

describe('the list of flags', () => {
  it('shows each with its folder, description, variants, what is served and why', async () => {
    const visitor = await aVisitor({ gatekeeper: { userId: () => 42 } });
    const { text } = await visitor.open();
    expect(text).toMatch(
      /href="\.\/\?folder=checkout%2F"><bdi>checkout\/<\/bdi><\/a><a[^>]+href="flag\?name=checkout%2Fexpress-pay"><bdi>express-pay<\/bdi>/,
    );
    expect(text).toContain('What it is about');
    expect(text).toMatch(/value="card" aria-pressed="true"/);
    expect(text).toMatch(/value="wallet" aria-pressed="false"/);
    expect(text).toMatch(/control<\/bdi><span class="off-mark">off/);
    expect(text).toMatch(/<summary>[^.]*card[^.]*\./);
    expect(text).toMatch(/Kill switch.*User override.*step-decided.*Choice/s);
  });

  it('shows what a variant carries when that is more than its name', async () => {
    const definitions = {
      flags: { 'free-shipping': { variants: { always: 0, late: 3000 }, off: 'late', serve: 'late' }, plain: true },
    };
    const visitor = await aVisitor({ gatekeeper: { flags: [], definitions } });
    const { text } = await visitor.open();
    expect(text.match(/carries the value/g)).toHaveLength(1);
    expect(text).toMatch(/late<\/bdi> carries the value <bdi class="name">3000/);
  });

  it('marks what failed', async () => {
    class Broken extends PlainFlag {
      override pickVariant(): string {
        throw new Error('no such table');
      }
    }
    const visitor = await aVisitor({ gatekeeper: { flags: [new Broken('BROKEN'), ...FLAGS] } });
    expect((await visitor.open()).text.match(/class="why why-failed">.*?code fails/gs)).toHaveLength(1);
  });

  it.each([
    ['a user', 42, /user <bdi>42<\/bdi>/],
    ['user 0', 0, /user <bdi>0<\/bdi>/],
    ['nobody', undefined, /not logged in/],
  ])('says for whom: %s', async (_case, id, words) => {
    const visitor = await aVisitor({ gatekeeper: { userId: () => id } });
    expect((await visitor.open()).text).toMatch(words);
  });

  it('is ordered by name, as people order', async () => {
    const flags = ['zebra', 'checkout/b', 'APPLE', 'checkout/a', 'step-10', 'step-9'].map(
      (name) => new PlainFlag(name),
    );
    const visitor = await aVisitor({ gatekeeper: { flags } });
    expect(listed((await visitor.open()).text)).toEqual([
      'APPLE',
      'checkout/a',
      'checkout/b',
      'step-9',
      'step-10',
      'zebra',
    ]);
  });

  it.each([
    ['CHECKOUT/', ['checkout/express-pay']],
    ['pay', ['checkout/express-pay']],
    ['express checkout', ['checkout/express-pay']],
    ['  feature  ', ['MY_NEW_FEATURE']],
    ['what it', ['checkout/express-pay', 'MY_NEW_FEATURE']],
    ['.*', []],
    ['', ['checkout/express-pay', 'MY_NEW_FEATURE']],
  ])('searched for %j shows %j', async (q, names) => {
    const visitor = await aVisitor();
    const { text } = await visitor.open(`/?${new URLSearchParams({ q })}`);
    expect(listed(text)).toEqual(names);
  });

  it('says what was searched for and how much of all was found', async () => {
    const visitor = await aVisitor();
    const { text } = await visitor.open('/?q=pay');
    expect(text).toMatch(/1 of 2 flags? match/);
    expect(text).toContain('value="pay"');
  });

  it('of very many comes in pages, which keep the search', async () => {
    const flags = Array.from({ length: 250 }, (_, i) => new PlainFlag(`flag-${String(i).padStart(3, '0')}`));
    const visitor = await aVisitor({ gatekeeper: { flags: [...flags, ...FLAGS] } });
    const first = await visitor.open('/?q=flag-');
    expect([listed(first.text).length, first.text]).toEqual([
      50,
      expect.stringContaining('href="?q=flag-&amp;page=2"'),
    ]);
    expect(first.text).not.toContain('rel="prev"');
    const last = await visitor.open('/?q=flag-&page=5');
    expect([listed(last.text).length, last.text]).toEqual([50, expect.not.stringContaining('rel="next"')]);
    for (const page of ['99', '1e9', 'Infinity'])
      expect((await visitor.open(`/?page=${page}`)).text).toContain('Page 6 of 6');
    for (const page of ['0', '-1', 'x', ''])
      expect((await visitor.open(`/?page=${page}`)).text).toContain('Page 1 of 6');
  });

  it('has a way to a new flag for those who may make one, where there is a store', async () => {
    const store = memoryStore();
    const may = (...can: readonly Right[]): DashboardOptions => ({ authorize: () => ({ by: 'ann', can }) });
    for (const [options, gatekeeper, there] of [
      [may('view', 'edit'), { store }, true],
      [may('view', 'override', 'kill'), { store }, false],
      [may('view', 'edit'), {}, false],
    ] as const) {
      const { text } = await (await aVisitor({ options, gatekeeper })).open();
      expect(text.includes('href="create"')).toBe(there);
    }
  });

  it('of none says how to get some', async () => {
    const visitor = await aVisitor({ gatekeeper: { flags: [] } });
    expect((await visitor.open()).text).toContain('There are no flags yet');
  });
});
