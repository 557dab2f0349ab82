import { memoryStore } from 'express-gatekeeper/stores/memory';
import { describe, expect, it } from 'vitest';
import { anApp, aVisitor, EXPRESSES, MOUNTS, PlainFlag, start, Visitor } from './an-app.js';

interface Somebody {
  readonly id?: string;
  readonly attributes?: object;
  readonly cookie?: string;
}

/** An app that takes everybody at their word, and its visitor in the dashboard, who is nobody. */
async function town(folk: readonly Somebody[], options: Parameters<typeof anApp>[0] = {}): Promise<Visitor> {
  const origin = await start(
    anApp({
      ...options,
      gatekeeper: {
        flags: [new PlainFlag('MY_NEW_FEATURE')],
        definitions: { flags: { nordic: { rules: [{ when: { country: ['SE', 'NO'] } }], serve: 'off' }, half: 50 } },
        userId: (req) => req.get('x-id'),
        attributes: (req) => JSON.parse(req.get('x-attributes') ?? '{}'),
        ...options.gatekeeper,
      },
    }),
  );
  for (const { id, attributes = {}, cookie } of folk) {
    const headers = {
      'x-attributes': JSON.stringify(attributes),
      ...(id && { 'x-id': id }),
      ...(cookie && { cookie }),
    };
    await fetch(`${origin}/shop`, { headers });
  }
  return new Visitor(origin, options.mount);
}

/** Who is listed, in order. */
function listed(html: string): string[] {
  return [...html.matchAll(/<h2 class="person-name">(.*?)<\/h2>/gs)].map(([, name = '']) =>
    name
      .replace(/<[^>]+>/g, '')
      .replace(/\s+/g, ' ')
      .trim(),
  );
}

const SOME = [
  { id: '1', attributes: { country: 'SE', plan: 'premium' } },
  { id: '42', attributes: { country: 'DE', plan: 'none' } },
  { id: 'ada@marginalia.example', attributes: { country: 'NO' } },
];

describe.each(EXPRESSES)('the people, in %s', (_name, express) => {
  it.each(MOUNTS)('mounted at %j are listed with what is known of them, the latest first', async (mount) => {
    const visitor = await town(SOME, { express, mount });
    const { status, text } = await visitor.open('/people');
    expect(status).toBe(200);
    expect(listed(text)).toEqual(['User ada@marginalia.example', 'User 42', 'User 1']);
    expect(text).toContain('<bdi class="attribute-name">plan</bdi> <bdi class="attribute-value">premium</bdi>');
    expect(text).toContain('<a href="person?user=ada%40marginalia.example">');
  });
});

describe('the people', () => {
  it.each([
    ['an id', 'ada@', ['User ada@marginalia.example']],
    ['an attribute', 'premium', ['User 1']],
    ['an attribute by name', 'plan:none', ['User 42']],
    ['an attribute as it is written', 'plan: none', ['User 42']],
    ['words in any case', 'USER Country:se', ['User 1']],
    ['what nobody has', 'purple', []],
  ])('are found by %s', async (_by, q, names) => {
    const visitor = await town(SOME);
    const { text } = await visitor.open(`/people?${new URLSearchParams({ q })}`);
    expect(listed(text)).toEqual(names);
    expect(text).toContain(`${names.length} of 3`);
  });

  it('are told with what each gets of a flag, and how many get what', async () => {
    const visitor = await town(SOME);
    const { text } = await visitor.open('/people?flag=nordic');
    expect(text).toMatch(/>on<\/bdi> <span class="share-count">2</);
    expect(text).toMatch(/>off<\/bdi> <span class="share-count">1</);
    const chosen = await visitor.open('/people?flag=nordic&variant=off');
    expect(listed(chosen.text)).toEqual(['User 42']);
    expect(chosen.text).toContain('href="?flag=nordic" aria-current="true"');
    expect((await visitor.open('/people?flag=gone')).status).toBe(404);
  });

  it('never have their anonymous ids on a page or in an address', async () => {
    const id = `${'x1y2z3'.repeat(3)}abcA`;
    const visitor = await town([{ cookie: `gatekeeper_id=${id}` }]);
    const { text } = await visitor.open('/people');
    expect(listed(text)).toEqual(['Visitor x1y2z3…']);
    const href = /href="(person\?visitor=[^"]+)"/.exec(text)?.[1] ?? '';
    const person = await visitor.open(`/${href}`);
    expect(person.text).toContain('x1y2z3…');
    for (const page of [text, href, person.text]) expect(page).not.toContain(id);
    const found = await visitor.open(`/people?q=${id}`);
    expect(listed(found.text)).toEqual(['Visitor x1y2z3…']);
  });

  it('of more than one page are turned over with the search kept', async () => {
    const visitor = await town(Array.from({ length: 60 }, (_, i) => ({ id: `user-${i}` })));
    const { text } = await visitor.open('/people?q=user');
    expect(listed(text)).toHaveLength(50);
    expect(text).toContain('href="?q=user&amp;page=2"');
    expect(listed((await visitor.open('/people?q=user&page=2')).text)).toHaveLength(10);
  });

  it('are nobody where the app keeps nobody in mind, and the page says how that comes', async () => {
    const visitor = await town(SOME, { gatekeeper: { recentContexts: false } });
    expect((await visitor.open('/people')).text).toContain('recentContexts: false');
  });

  it('keep what is redacted to themselves', async () => {
    const visitor = await town(SOME, { gatekeeper: { recentContexts: { redact: ['plan'] } } });
    expect((await visitor.open('/people')).text).not.toContain('>premium<');
  });

  it('are shown to those only who may view', async () => {
    const visitor = await town(SOME, { options: { authorize: () => ({ by: 'eve', can: ['override'] }) } });
    for (const path of ['/people', '/person?user=42']) {
      const { status, text } = await visitor.open(path);
      expect([status, text.includes('premium')]).toEqual([403, false]);
    }
  });

  it('are told of 1,000 flags in time', async () => {
    const flags = Object.fromEntries(Array.from({ length: 1_000 }, (_, i) => [`flag-${i}`, i % 100]));
    const folk = Array.from({ length: 60 }, (_, i) => ({ id: `user-${i}` }));
    const visitor = await town(folk, { gatekeeper: { flags: [], definitions: { flags } } });
    const { text } = await visitor.open('/people');
    expect(text).toMatch(/gets-count">\d{3}<\/span> of 1000 flags on/);
  });

  it('and their attributes may be named and be whatever they like', async () => {
    const attributes = {
      '<img src=x>': '</script><script>alert(1)</script>',
      __proto__: 'x',
      nested: { a: ['{{7*7}}'] },
    };
    const visitor = await town([{ id: '"><b>', attributes }]);
    for (const path of ['/people', '/person?user=%22%3E%3Cb%3E']) {
      const { status, text } = await visitor.open(path);
      expect(status).toBe(200);
      expect(text).toContain('&quot;&gt;&lt;b&gt;');
      expect(text).not.toMatch(/<img|<script>|\b49\b|"><b>/);
    }
  });
});

it('people need no store, and with one are linked to what they got at another time', async () => {
  const without = await aVisitor();
  expect((await without.open('/person?user=42')).text).not.toContain('href="then');
  const store = memoryStore();
  await store.apply('default', { flags: { 'a/b': true } }, { by: 'ann', comment: 'first' });
  const stored = await aVisitor({ gatekeeper: { flags: [], store, environment: 'default' } });
  expect((await stored.open('/person?user=42')).text).toContain('href="then?user=42&amp;flag=a%2Fb"');
});
