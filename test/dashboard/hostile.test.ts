import { describe, expect, it } from 'vitest';
import { aVisitor, PlainFlag } from './an-app.js';
import { aliensIn } from './inert.js';

const HOSTILE: readonly (readonly [what: string, text: string])[] = [
  ['a closing script', '</script><script>alert(1)</script>'],
  ['an element', '<img src=x onerror=alert(1)>'],
  ['a template', '{{7*7}}{% raw %}#{7*7}<%= 7*7 %>'],
  ['quotes', `"' onfocus='alert(1)' x="`],
  ['a backtick', '`onfocus=alert(1)`'],
  ['an entity', '&lt;b&gt;&amp;#60;'],
  ['a right-to-left override', '\u202Egnp.exe\u2066'],
  ['a backslash', '\\u003cscript\\u003e'],
  ['an address', 'javascript:alert(1)'],
  ['an emoji and combining marks', '🚦Z̸̢͝a̷lgo'],
  ['__proto__', '__proto__'],
  ['constructor', 'constructor'],
  ['then', 'then'],
  ['toString', 'toString'],
  ['a percent', '100%&flag=x#y?z'],
  ['parent folders', '../../etc/passwd'],
];

const LONG = 'W'.repeat(10_000);

/** What a browser would read out of the page for a text. */
function escaped(text: string): string {
  const entities: Record<string, string> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&#39;',
    '\\': '&#92;',
  };
  return text.replace(/[&<>"'\\]/g, (character) => entities[character] ?? '');
}

describe('a hostile text is shown as it is and does nothing', () => {
  it.each(HOSTILE)('%s as the name of a flag, which works like any other', async (_case, name) => {
    const visitor = await aVisitor({ gatekeeper: { flags: [new PlainFlag(name)] } });
    const page = await visitor.open();
    expect(page.text).toContain(`name="flag" value="${escaped(name)}"`);
    expect(aliensIn(page.text)).toEqual([]);
    expect((await visitor.set(name, 'VISIBLE')).status).toBe(303);
    expect(Object.entries(await visitor.shop())).toEqual([[name, 'VISIBLE']]);
    const share = await visitor.open(`/share?${new URLSearchParams({ flag: name, variant: 'NOT_VISIBLE' })}`);
    expect([share.status, aliensIn(share.text)]).toEqual([200, []]);
    expect((await visitor.set(name, '')).status).toBe(303);
    expect(Object.values(await visitor.shop())).toEqual(['NOT_VISIBLE']);
  });

  it.each(HOSTILE)('%s as the name of a variant', async (_case, variant) => {
    const visitor = await aVisitor({ gatekeeper: { flags: [new PlainFlag('FLAG', [variant, 'other'])] } });
    expect((await visitor.set('FLAG', variant)).status).toBe(303);
    const { text } = await visitor.open('/?done=set&flag=FLAG');
    expect(text).toContain(`value="${escaped(variant)}" aria-pressed="true"`);
    expect(aliensIn(text)).toEqual([]);
    expect(await visitor.shop()).toEqual({ FLAG: variant });
  });

  it.each([...HOSTILE, ['line separators', 'a\u2028b\u2029c'] as const, ['10 kB', LONG] as const])(
    '%s as a description, a user id or the name of who is looking',
    async (_case, text) => {
      const visitor = await aVisitor({
        options: { authorize: () => ({ by: text, can: ['view', 'override'] }) },
        gatekeeper: { flags: [new PlainFlag('FLAG', ['a', 'b'], text)], userId: () => text },
      });
      const page = await visitor.open();
      expect(page.status).toBe(200);
      expect(page.text.split(escaped(text)).length).toBeGreaterThan(3);
      expect(aliensIn(page.text)).toEqual([]);
    },
  );

  it.each([...HOSTILE, ['100 letters', LONG.slice(0, 100)] as const])(
    '%s as the owner, a tag, a salt, a rule or what it asks, or what is bucketed',
    async (_case, text) => {
      const rules = [
        { name: text, when: { plan: `${text}!` } },
        { name: text, when: { plan: text }, serve: { percentage: 50 } },
      ];
      const flag = { owner: text, tags: [text], salt: text, bucketBy: 'plan', rules };
      const visitor = await aVisitor({
        gatekeeper: { flags: [], definitions: { flags: { flag } }, attributes: () => ({ plan: text }) },
      });
      const page = await visitor.open();
      expect(page.text.split(escaped(text)).length).toBeGreaterThan(7);
      expect(aliensIn(page.text)).toEqual([]);
    },
  );

  it.each([...HOSTILE, ['line separators', 'a\u2028b'] as const, ['8 kB', LONG.slice(0, 8000)] as const])(
    '%s in the address',
    async (_case, text) => {
      const visitor = await aVisitor();
      const query = new URLSearchParams({ q: text, page: text, done: text, flag: text, variant: text });
      for (const path of ['/', '/share']) {
        const { status, text: html } = await visitor.open(
          `${path}?${text.length > 1000 ? new URLSearchParams({ q: text, flag: text }) : query}`,
        );
        expect([200, 400, 404]).toContain(status);
        expect(aliensIn(html)).toEqual([]);
      }
    },
  );

  it('a message of an error of the app stays in the log', async () => {
    const visitor = await aVisitor({
      before: [
        (req, _res, next) => {
          Object.defineProperty(req, 'headers', {
            get: () => {
              throw new Error('<b>secret</b>');
            },
          });
          next();
        },
      ],
    });
    const { status, text } = await visitor.open();
    expect(status).toBe(500);
    expect(text).not.toContain('secret');
  });
});
