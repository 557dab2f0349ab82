import { memoryStore } from 'express-gatekeeper/stores/memory';
import { describe, expect, it } from 'vitest';
import { aVisitor, PlainFlag, silent, type Visitor } from './an-app.js';

const NOW = Date.UTC(2026, 10, 20);
const DAY = 86_400_000;

const flags = {
  'checkout/express-pay': { kind: 'experiment', owner: 'payments', serve: { percentage: 20 } },
  'checkout/steps/address': { kind: 'release', owner: 'checkout', expires: '2026-11-19' },
  'checkout/steps/gift': { owner: 'checkout', expires: '2027-01-01', enabled: false },
  'theme/dark': true,
  'shut-down': { kind: 'ops', killed: true },
  registration: { kind: 'ops', enabled: false },
  typo: { serve: 'onn' },
} as const;

async function aShop(mount = '/gatekeeper'): Promise<Visitor> {
  const store = memoryStore();
  const { typo, 'theme/dark': dark, ...others } = flags;
  await store.apply('default', { flags: { 'theme/dark': dark } }, { by: 'ann', at: NOW - 91 * DAY });
  await store.apply('default', { flags: others }, { by: 'ann', at: NOW - 89 * DAY });
  await store.apply(
    'default',
    { flags: { registration: { enabled: true, kind: 'ops' } } },
    { by: 'bob', at: NOW - DAY },
  );
  await store.apply(
    'default',
    { flags: { registration: others.registration, typo } },
    { by: 'bob', at: NOW - 7_200_000 },
  );
  return aVisitor({
    mount,
    gatekeeper: { flags: [new PlainFlag('IN_CODE')], store, clock: () => NOW, logger: { ...silent, info() {} } },
  });
}

/** The names on a page, in its order. */
function names(html: string): string[] {
  return [...html.matchAll(/class="leaf" href="flag\?name=([^"]+)"/g)].map(([, name]) =>
    decodeURIComponent((name ?? '').replaceAll('+', ' ')),
  );
}

describe('the list of flags', () => {
  it.each([
    ['state=on', ['checkout/steps/address', 'theme/dark']],
    ['state=off', ['checkout/steps/gift', 'registration']],
    ['state=partly', ['checkout/express-pay']],
    ['state=killed', ['shut-down']],
    ['state=broken', ['typo']],
    ['state=code', ['IN_CODE']],
    ['state=stale', ['checkout/steps/address', 'theme/dark']],
    ['kind=ops', ['registration', 'shut-down']],
    ['kind=(none)', ['checkout/steps/gift', 'IN_CODE', 'theme/dark', 'typo']],
    ['owner=checkout', ['checkout/steps/address', 'checkout/steps/gift']],
    ['owner=nobody', []],
    ['folder=checkout/', ['checkout/express-pay', 'checkout/steps/address', 'checkout/steps/gift']],
    ['folder=checkout', ['checkout/express-pay', 'checkout/steps/address', 'checkout/steps/gift']],
    ['folder=checkout/steps/&state=off', ['checkout/steps/gift']],
    ['folder=checkout/&q=address&owner=checkout', ['checkout/steps/address']],
    ['folder=nowhere/', []],
  ])('narrowed to %s shows %j', async (query, expected) => {
    expect(names((await (await aShop()).open(`/?${query}`)).text)).toEqual(expected);
  });

  it.each([
    ['changed', ['registration', 'typo', 'checkout/express-pay']],
    ['expires', ['checkout/steps/address', 'checkout/steps/gift', 'checkout/express-pay']],
    ['kind', ['checkout/express-pay', 'registration', 'shut-down']],
    ['owner', ['checkout/steps/address', 'checkout/steps/gift', 'checkout/express-pay']],
    ['name', ['checkout/express-pay', 'checkout/steps/address', 'checkout/steps/gift']],
    ['constructor', ['checkout/express-pay', 'checkout/steps/address', 'checkout/steps/gift']],
  ])('sorted by %s begins with %j', async (sort, expected) => {
    expect(names((await (await aShop()).open(`/?sort=${sort}`)).text).slice(0, 3)).toEqual(expected);
  });

  it.each(['state=constructor', 'state=hidden', 'sort=toString', 'page=-1'])('does not mind ?%s', async (query) => {
    expect(names((await (await aShop()).open(`/?${query}`)).text)).toHaveLength(8);
  });

  it('says when and by whom a flag was changed last', async () => {
    const { text } = await (await aShop()).open('/?q=typo');
    expect(text).toMatch(
      /changed <time datetime="2026-11-19T22:00:00.000Z"[^>]*>2 hours ago<\/time> by <bdi>bob<\/bdi>/,
    );
  });

  it('says since when a flag has been the same for all', async () => {
    const { text } = await (await aShop()).open('/?state=stale&q=dark');
    expect(text).toMatch(/stale<\/strong> the same for all since <time>2026-08-21<\/time>/);
  });

  it('keeps all of it when an override is set', async () => {
    const visitor = await aShop();
    const query = 'q=pay&folder=checkout%2F&kind=experiment&owner=payments&state=partly&sort=changed';
    const { text } = await visitor.open(`/?${query}`);
    const fields = Object.fromEntries(
      [...text.matchAll(/type="hidden" name="(\w+)" value="([^"]*)"/g)].map(([, name, value]) => [name, value]),
    );
    expect(fields).toMatchObject({ owner: 'payments', state: 'partly', sort: 'changed' });
    const { headers } = await visitor.post('/override', { ...fields, variant: 'on' });
    expect(headers['location']).toContain(query);
    expect(names((await visitor.open(String(headers['location']).slice(1))).text)).toEqual(['checkout/express-pay']);
  });
});

describe('the tree of folders', () => {
  /** Its links as they read, with the number of flags. */
  function folders(html: string): string[] {
    const [tree = ''] = /<nav class="folders".*?<\/nav>/s.exec(html) ?? [];
    return [...tree.matchAll(/<a class="folder-link" href="([^"]+)"( aria-current="true")?>(.*?)<\/a>/gs)].map(
      ([, link, current = '', inner]) =>
        `${link} ${(inner ?? '')
          .replace(/<span class="aside">.*?<\/span>/g, '')
          .replace(/<[^>]+>|\s+/g, ' ')
          .trim()}${current && ' *'}`.replace(/ +/g, ' '),
    );
  }

  it('counts the flags in each', async () => {
    expect(folders((await (await aShop()).open()).text)).toEqual([
      './? All flags 8 *',
      './?folder=checkout%2F checkout/ 3',
      './?folder=theme%2F theme/ 1',
    ]);
  });

  it('unfolds the one that is looked into, and keeps the filters', async () => {
    const { text } = await (await aShop()).open('/?folder=checkout/&owner=checkout');
    expect(folders(text)).toEqual([
      './?owner=checkout All flags 2',
      './?folder=checkout%2F&amp;owner=checkout checkout/ 2 *',
      './?folder=checkout%2Fsteps%2F&amp;owner=checkout steps/ 2',
    ]);
  });

  it('is not there where there are no folders', async () => {
    const visitor = await aVisitor({ gatekeeper: { flags: [new PlainFlag('ALONE')] } });
    expect((await visitor.open()).text).not.toContain('class="folders"');
  });

  it('goes no deeper than a person reads', async () => {
    const visitor = await aVisitor({ gatekeeper: { flags: [new PlainFlag(`${'x/'.repeat(99)}x`)] } });
    const { text } = await visitor.open(`/?folder=${'x/'.repeat(90)}`);
    expect([names(text).length, folders(text).length]).toEqual([1, 9]);
  });
});
