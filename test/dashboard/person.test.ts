import { type Definitions, FeatureFlagConfig } from 'express-gatekeeper';
import { describe, expect, it } from 'vitest';
import { anApp, start, Visitor } from './an-app.js';

const FLAGS: Definitions['flags'] = {
  nordic: { description: 'For the north', rules: [{ name: 'Nordic', when: { country: ['SE', 'NO'] } }], serve: 'off' },
  premium: { rules: [{ when: { 'user.plan': 'premium' } }], serve: 'off' },
  christmas: { serve: { from: '2026-12-01', until: '2026-12-27' } },
  half: 50,
  'per-browser': { bucketBy: 'anonymousId', serve: { percentage: 50 } },
  everybody: true,
};

const NOW = Date.parse('2026-06-01T12:00:00Z');

interface Seen {
  readonly id?: string | number;
  readonly attributes?: object;
}

/** The dashboard of an app that has seen somebody. */
async function seen({ id, attributes = {} }: Seen, more: Parameters<typeof anApp>[0] = {}): Promise<Visitor> {
  const origin = await start(
    anApp({
      ...more,
      gatekeeper: {
        flags: [],
        definitions: { flags: FLAGS },
        clock: () => NOW,
        userId: (req) => (req.path === '/shop' ? id : undefined),
        attributes: (req) => (req.path === '/shop' ? (attributes as Record<string, unknown>) : {}),
        ...more.gatekeeper,
      },
    }),
  );
  await fetch(`${origin}/shop`);
  return new Visitor(origin);
}

/** Flag → variant, in the order of the page. */
function gets(html: string): [string, string][] {
  const row = /<h3 class="got-name">.*?<bdi>(.*?)<\/bdi>.*?<bdi class="gets[^"]*">(.*?)<\/bdi>/gs;
  return [...html.matchAll(row)].map(([, flag = '', variant = '']) => [flag, variant]);
}

function words(html: string): string {
  return html
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&');
}

const ask = (fields: Record<string, string>): string => `/person?${new URLSearchParams(fields)}`;

describe('the page of a person', () => {
  it('tells what they get of every flag and why, as the app decides; what is not off comes first', async () => {
    const visitor = await seen({ id: 42, attributes: { country: 'SE', user: { plan: 'none' } } });
    const { text } = await visitor.open('/person?user=42');
    const served = await visitor.agent.get('/shop');
    expect(Object.fromEntries(gets(text))).toMatchObject({ nordic: served.body.nordic, half: served.body.half });
    expect(gets(text).slice(0, 2)).toEqual([
      ['everybody', 'on'],
      ['nordic', 'on'],
    ]);
    expect(words(text)).toContain('Rule Nordic matches. It serves on.');
    expect(text).not.toContain('Browser override');
  });

  it('says what is known of them, and what flags asked in vain', async () => {
    const visitor = await seen({ id: 42, attributes: { country: 'SE' } }, {});
    const { text } = await visitor.open('/person?user=42');
    expect(text).toContain('<dt><bdi>country</bdi></dt><dd><bdi>SE</bdi></dd>');
    expect(text).toContain('<div class="unknown"><dt><bdi>user.plan</bdi></dt><dd>not known</dd></div>');
    expect(text).not.toContain('<div class="unknown"><dt><bdi>user</bdi>');
    expect(words(text)).toContain('keeps it from this page');
  });

  it('says so when the id that a bucket goes by is not known', async () => {
    const visitor = await seen({ id: 42 });
    const { text } = await visitor.open('/person?user=7');
    expect(text).toContain('<div class="unknown"><dt><bdi>Anonymous id</bdi></dt>');
    expect(words(text)).toContain('Not seen lately');
  });

  it('takes an id of the address for a number where the app’s ids are numbers', async () => {
    class Strict extends FeatureFlagConfig {
      readonly flagName = 'STRICT';
      readonly variants = ['YES', 'NO'];
      pickVariant({ userId }: { readonly userId: unknown }): string {
        return userId === 7 ? 'YES' : 'NO';
      }
    }
    const numbers = await seen({ id: 42 }, { gatekeeper: { flags: [new Strict()] } });
    expect(gets((await numbers.open('/person?user=7')).text)).toContainEqual(['STRICT', 'YES']);
    const texts = await seen({ id: '42' }, { gatekeeper: { flags: [new Strict()] } });
    expect(gets((await texts.open('/person?user=7')).text)).toContainEqual(['STRICT', 'NO']);
  });

  it('finds flags by name, description and variant, with the person kept', async () => {
    const visitor = await seen({ id: 42, attributes: { country: 'SE' } });
    expect(gets((await visitor.open('/person?user=42&q=north')).text)).toEqual([['nordic', 'on']]);
    const { text } = await visitor.open('/person?user=42&attributes=a%3A+1&q=every');
    expect(gets(text)).toEqual([['everybody', 'on']]);
    expect(text).toContain('<input type="hidden" name="user" value="42">');
    expect(text).toContain('<a href="?user=42&amp;attributes=a%3A+1">Show all</a>');
  });

  it('turns over the pages of 1,000 flags', async () => {
    const flags = Object.fromEntries(Array.from({ length: 1_000 }, (_, i) => [`flag-${i}`, i % 4 === 0]));
    const visitor = await seen({ id: 42 }, { gatekeeper: { definitions: { flags } } });
    const { text } = await visitor.open('/person?user=42&page=6');
    expect(gets(text)).toHaveLength(50);
    expect(gets(text)[0]).toEqual(['flag-1', 'off']);
    expect(text).toContain('href="?user=42&amp;page=7"');
  });

  it('goes on when a flag’s code needs the request that is not there', async () => {
    class OfRequest extends FeatureFlagConfig {
      readonly flagName = 'OF_REQUEST';
      readonly variants = ['YES', 'NO'];
      pickVariant({ request }: { readonly request?: unknown }): string {
        return (request as { ip: string }).ip === '' ? 'YES' : 'NO';
      }
    }
    const visitor = await seen({ id: 42 }, { gatekeeper: { flags: [new OfRequest()] } });
    const { status, text } = await visitor.open('/person?user=42');
    expect([status, gets(text)]).toEqual([200, expect.arrayContaining([['OF_REQUEST', 'NO']])]);
    expect(text).toContain('why-failed');
  });
});

describe('anyone tried by hand', () => {
  it.each([
    ['lines', 'country: SE\nuser:\n  plan: premium'],
    ['lines of a browser', 'country: SE\r\nuser.plan: premium\r\n'],
    ['JSON', '{ "country": "SE", "user": { "plan": "premium" } }'],
  ])('gets what such a one would get, by %s', async (_as, attributes) => {
    const visitor = await seen({ id: 42 });
    const { status, text } = await visitor.open(ask({ attributes }));
    expect(status).toBe(200);
    expect(Object.fromEntries(gets(text))).toMatchObject({ nordic: 'on', premium: 'on', half: 'off', everybody: 'on' });
    expect(words(text)).toContain('no user or anonymous id to bucket by');
  });

  it('may be somebody who was seen, but with other attributes; left empty, with those that were seen', async () => {
    const visitor = await seen({ id: 42, attributes: { country: 'DE' } });
    const asSeen = await visitor.open(ask({ user: '42', attributes: ' ' }));
    expect(gets(asSeen.text)).toContainEqual(['nordic', 'off']);
    expect(asSeen.text).toMatch(/<textarea[^>]*>\ncountry: DE\n<\/textarea>/);
    const other = await visitor.open(ask({ user: '42', attributes: 'country: NO' }));
    expect(gets(other.text)).toContainEqual(['nordic', 'on']);
    expect(words(other.text)).toContain('made up by hand, not those last seen');
    const bare = await visitor.open(ask({ user: '42', attributes: '{}' }));
    expect(bare.text).toContain('<dt><bdi>country</bdi></dt><dd>not known</dd>');
  });

  it('keeps the buckets of the visitor that is tried', async () => {
    const visitor = await seen({});
    const { text } = await visitor.open('/people');
    const handle = /visitor=([\w-]+)/.exec(text)?.[1] ?? '';
    const plain = await visitor.open(ask({ visitor: handle }));
    const tried = await visitor.open(ask({ visitor: handle, attributes: 'country: SE' }));
    const of = (html: string) => Object.fromEntries(gets(html));
    expect(of(tried.text)).toMatchObject({ nordic: 'on', half: of(plain.text)['half'] });
    expect(words(tried.text)).not.toContain('no user or anonymous id');
  });

  it.each([
    ['2026-12-24', 'on'],
    ['2026-12-24 10:00', 'on'],
    ['2026-12-01T00:30+02:00', 'off'],
    ['', 'off'],
  ])('is looked at for the moment %j', async (at, variant) => {
    const visitor = await seen({ id: 42 });
    const { text } = await visitor.open(ask({ user: '42', at }));
    expect(gets(text)).toContainEqual(['christmas', variant]);
    expect(words(text).includes('by the flags as they are now')).toBe(at !== '');
  });

  it.each([
    ['attributes', 'plan premium', 'Line 1: Write one attribute per line'],
    ['attributes', 'plan:premium', 'with a space after the colon'],
    ['attributes', 'plan: premium\nplan: none', 'Line 2: Map keys must be unique'],
    ['attributes', 'a: 1\nb: "', 'Line 2: '],
    ['attributes', '[1, 2]', 'Write one attribute per line'],
    ['attributes', '{ "a": 1', 'Line '],
    ['attributes', 'a: &a [x]\nb: [*c]', 'Line '],
    ['attributes', `a: ${'['.repeat(5_000)}`, 'Line '],
    ['attributes', `a: ${'x'.repeat(9_000)}`, 'There is room for 8000 characters.'],
    ['at', 'tomorrow', 'Write a date'],
    ['at', '2026-02-30', 'Write a date'],
  ])('with %s of %j is told what is wrong, beside what was typed', async (field, typed, message) => {
    const visitor = await seen({ id: 42 });
    const { status, text } = await visitor.open(ask({ user: '42', [field]: typed }));
    expect([status, words(text)]).toEqual([400, expect.stringContaining(message)]);
    expect(text).toContain(`id="${field}"`);
    expect(text).toMatch(/aria-invalid="true"/);
    expect(words(text.replace(/value="([^"]*)"/g, '> $1 <'))).toContain(words(typed).trim());
    expect(gets(text)).toEqual([]);
  });

  it('may have attributes that are hostile', async () => {
    const visitor = await seen({ id: 42 });
    const attributes = '"</textarea><script>alert(1)</script>": "{{7*7}}"\n__proto__: { polluted: 1 }\nconstructor: x';
    const { status, text } = await visitor.open(ask({ attributes, user: '<b>x</b>', q: '<i>' }));
    expect(status).toBe(200);
    expect(text).not.toMatch(/<script>|\b49\b|<b>x|<i>/);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  it('is a form to fill in before anything is said', async () => {
    const visitor = await seen({ id: 42 });
    const { text } = await visitor.open('/person');
    expect(text).toContain('<details class="try" open>');
    expect(words(text)).toContain('Write below who they should be.');
  });
});
