import { describe, expect, it } from 'vitest';
import { AStore } from './a-store.js';
import { aVisitor, FLAGS, type Visitor } from './an-app.js';

async function aVisitorOf(store: AStore, clock = Date.now): Promise<Visitor> {
  return aVisitor({ gatekeeper: { flags: FLAGS, store, clock } });
}

/** The banner without its tags, or nothing. */
async function banner(visitor: Visitor): Promise<string | undefined> {
  const { text } = await visitor.open();
  const [section] = /<section class="trouble".*?<\/section>/s.exec(text) ?? [];
  return section
    ?.replace(/<[^>]+>/g, '')
    .replace(/\s+/g, ' ')
    .trim();
}

describe('the page of an app whose flags are well', () => {
  it('has no banner', async () => {
    expect(await banner(await aVisitorOf(new AStore({ dark_mode: true })))).toBeUndefined();
  });
});

describe('the page of an app whose newest flags cannot be read', () => {
  it('says that older ones serve, why, and since when, until they can be read again', async () => {
    let now = Date.UTC(2026, 10, 20, 13, 44);
    const store = new AStore({ dark_mode: true });
    const visitor = await aVisitorOf(store, () => now);
    store.change(new Error('flags.yaml cannot be parsed: Map keys must be unique at line 3, column 1.'));
    const told = await banner(visitor);
    expect(told).toMatch(/^Older flags are in use The last good ones serve/);
    expect(told).toMatch(/flags.yaml cannot be parsed: Map keys must be unique at line 3, column 1\.$/);
    for (const [passed, words] of [
      [0, 'less than a minute ago'],
      [60_000, '1 minute ago'],
      [10_800_000, '3 hours ago'],
      [259_200_000, '3 days ago'],
    ] as const) {
      now += passed;
      expect(await banner(visitor)).toContain(`since 2026-11-20 13:44 UTC, ${words}:`);
    }
    store.change({ dark_mode: false });
    expect(await banner(visitor)).toBeUndefined();
  });
});

describe('the page of an app with a broken definition', () => {
  it('names it with place and reason, and leads to its page; its row says the same', async () => {
    const visitor = await aVisitorOf(new AStore({ '"broken" <one>': { serve: { percentge: 20 } } }));
    const told = await banner(visitor);
    expect(told).toMatch(/^Some definitions cannot be used flags\.yaml:7: .*percentge/);
    expect(told).toMatch(/Show &quot;broken&quot; &lt;one&gt;$/);
    const { text } = await visitor.open();
    expect(text).toMatch(/class="trouble".*?href="flag\?name=%22broken%22\+%3Cone%3E"/s);
    expect(text).toMatch(/<details class="why why-failed">\s*<summary>[^\n]*flags\.yaml:7: [^\n]*percentge/);
  });

  it('says in the row of a class that its code goes on without the definition', async () => {
    const visitor = await aVisitorOf(new AStore({ MY_NEW_FEATURE: { serve: 'MAYBE' } }));
    const { text } = await visitor.open('/?q=MY_NEW_FEATURE');
    expect(text).toMatch(/<p class="set-aside">.*flags\.yaml:7: .*MAYBE/);
    expect(text).toMatch(/<details class="why">\s*<summary>[^\n]*code picked NOT_VISIBLE/);
  });

  it('tells of stale and broken flags at once', async () => {
    const store = new AStore({ broken: { serve: 'MAYBE' } });
    const visitor = await aVisitorOf(store);
    store.change(new Error('flags.yaml is gone.'));
    expect(await banner(visitor)).toMatch(/Older flags are in use.*flags\.yaml is gone\..*cannot be used: .*MAYBE/);
  });

  it('tells of no more than a person reads', async () => {
    const broken = Object.fromEntries(Array.from({ length: 25 }, (_, i) => [`broken-${i}`, { serve: 'MAYBE' }]));
    const told = await banner(await aVisitorOf(new AStore(broken)));
    expect([told?.match(/MAYBE/g)?.length, told?.slice(-10)]).toEqual([20, 'and 5 more']);
  });
});
