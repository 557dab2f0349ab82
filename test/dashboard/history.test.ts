import { describe, expect, it } from 'vitest';
import { RemoteStore } from '../runtime/a-remote-store.js';
import { aShelf, fieldsOf, NOON, textOf } from './a-shelf.js';
import { aVisitor, EXPRESSES, MOUNTS } from './an-app.js';
import { aliensIn } from './inert.js';

describe.each(EXPRESSES)('the history, in %s', (_name, express) => {
  it.each(MOUNTS)('leads on by relative links, mounted at %j', async (mount) => {
    const { store, put } = await aShelf();
    await put({ flags: { a: true } });
    const visitor = await aVisitor({ express, mount, gatekeeper: { flags: [], store } });
    const { status, text } = await visitor.open('/history');
    expect(status).toBe(200);
    expect(text).toContain('href="undo?revision=1"');
    expect(text).toContain('href="history?revision=1"');
  });
});

describe('the history', () => {
  it('tells who changed what, when and why, the newest first', async () => {
    const { visitor, put } = await aShelf();
    await put({ flags: { dark_mode: 20 } }, 'A fifth to begin with');
    await put({ flags: { dark_mode: 60 } });
    const { text } = await visitor.open('/history');
    expect(text).toContain(
      '<time datetime="2027-01-01T12:01:00.000Z" title="2027-01-01 12:01 UTC">23 hours ago</time>',
    );
    const read = textOf(text);
    expect(read).toMatch(/No comment ann, .* revision 2 .* changed dark_mode .*A fifth to begin with ann, .* created/);
    expect(read).toContain('removed: 20 added: 60');
  });

  it('names creation, deletion, kill and revival', async () => {
    const on = { description: 'x' };
    const { visitor } = await aShelf([
      { flags: { a: on } },
      { flags: { a: { ...on, killed: true } } },
      { flags: { a: on } },
      { flags: { a: null } },
    ]);
    const { text } = await visitor.open('/history');
    expect([...text.matchAll(/record-verb record-(\w+)/g)].map(([, verb]) => verb)).toEqual([
      'deleted',
      'revived',
      'killed',
      'created',
    ]);
  });

  it('of one flag, or one segment, tells of nothing else', async () => {
    const { visitor } = await aShelf([
      { flags: { a: 1, b: 1 }, segments: { s: [1] } },
      { flags: { b: 2 } },
      { segments: { s: [2] } },
    ]);
    const names = async (query: string): Promise<(string | undefined)[]> => {
      const { text } = await visitor.open(`/history?${query}`);
      return [...text.matchAll(/record-name">([^<]+)</g)].map(([, name]) => name);
    };
    expect(await names('flag=a')).toEqual(['a']);
    expect(await names('flag=b')).toEqual(['b', 'b']);
    expect(await names('segment=s')).toEqual(['s', 's']);
    expect(await names('flag=a&segment=s')).toEqual(['s', 'a', 's']);
    expect(textOf((await visitor.open('/history?flag=nobody')).text)).toContain('Nothing is written down about it.');
  });

  it('is paged, and every change is on just one page', async () => {
    const changes = Array.from({ length: 75 }, (_, index) => ({ flags: { a: index % 100 } }));
    const { visitor } = await aShelf(changes);
    const seen: number[] = [];
    let path: string | undefined = 'history';
    while (path !== undefined) {
      const { text }: { text: string } = await visitor.open(`/${path}`);
      seen.push(...[...text.matchAll(/id="r-(\d+)"/g)].map(([, revision]) => Number(revision)));
      path = /rel="next" href="([^"]+)"/.exec(text)?.[1]?.replaceAll('&amp;', '&');
    }
    expect(seen).toEqual(Array.from({ length: 75 }, (_, index) => 75 - index));
  });

  it('folds large changes, and shows them whole on pages of their own', async () => {
    const flags = Object.fromEntries(Array.from({ length: 10_000 }, (_, index) => [`team/flag-${index}`, index % 100]));
    const { visitor } = await aShelf([{ flags }]);
    const { text } = await visitor.open('/history');
    expect(text.length).toBeLessThan(20_000);
    expect(textOf(text)).toContain('and 9996 more in this change');
    const first = await visitor.open('/history?revision=1');
    expect(first.text.length).toBeLessThan(100_000);
    expect(textOf(first.text)).toContain('Page 1 of 250, 10000 records in all');
    const last = await visitor.open('/history?revision=1&page=250');
    expect(last.text).toContain('team/flag-9999');
    expect((await visitor.open('/history?revision=1&page=99999')).text).toContain('team/flag-9999');
  });

  it('stays small where one flag lists a great many users', async () => {
    const users = Array.from({ length: 20_000 }, (_, index) => index);
    const { visitor } = await aShelf([{ flags: { a: users } }, { flags: { a: users.map((id) => id + 7) } }]);
    expect((await visitor.open('/history')).text.length).toBeLessThan(150_000);
  });

  it('of another environment is asked for by its name', async () => {
    const { visitor, put } = await aShelf([{ flags: { a: 1 } }]);
    await put({ flags: { b: 1 } }, 'For staging', 'staging');
    const { text } = await visitor.open('/history?environment=staging');
    expect(text).toContain('For staging');
    expect(text).toContain('href="undo?revision=1&amp;environment=staging"');
    const gone = await visitor.open('/history?environment=nowhere');
    expect([gone.status, textOf(gone.text)]).toEqual([404, expect.stringContaining('Unknown environment')]);
  });

  it('says what was just written only when this person wrote it', async () => {
    const { visitor, store } = await aShelf([{ flags: { a: 1 } }]);
    await store.apply('default', { flags: { a: 2 } }, { by: 'bob' });
    expect(textOf((await visitor.open('/history?made=2')).text)).toContain('Written as revision 2');
    for (const made of ['1', '3', '</script>', '-1', '1e3']) {
      expect((await visitor.open(`/history?${new URLSearchParams({ made })}`)).text).not.toContain('Written as');
    }
  });

  it('has no button to undo for somebody who may not', async () => {
    const { visitor } = await aShelf([{ flags: { a: 1 } }], { can: ['view'] });
    expect((await visitor.open('/history')).text).not.toContain('href="undo');
  });

  it('knows no revision that is not there', async () => {
    const { visitor } = await aShelf([{ flags: { a: 1 } }]);
    expect((await visitor.open('/history?revision=2')).status).toBe(404);
    expect((await visitor.open('/history?revision=0')).status).toBe(404);
    for (const query of ['revision=x', 'before=x', 'before=0', 'revision=99999999999999999999', 'page=0&revision=1']) {
      expect((await visitor.open(`/history?${query}`)).status).toBe(200);
    }
  });

  it('without a store says what to do', async () => {
    const { status, text } = await (await aVisitor()).open('/history');
    expect([status, textOf(text)]).toEqual([409, expect.stringContaining('This app has no store')]);
  });
});

describe('the pages of what is stored', () => {
  const PAGES = [
    '/history',
    '/history?revision=1',
    '/undo?revision=2',
    '/undo?revision=1&later=1',
    '/then?user=42&at=2027-01-01T12:01:00Z',
    '/environments',
  ];

  it.each([
    '</script><script>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
    '{{7*7}}',
    `"' onfocus='alert(1)' x="`,
    'a\u2028b\u202Ec',
    '__proto__',
  ])('show %j as it is, wherever it stands', async (text) => {
    const { visitor, store } = await aShelf();
    const options = { by: text, comment: text, at: NOON };
    for (const description of [text, `${text}!`]) {
      const change = { flags: { [`f${text}`]: { description, tags: [text] } }, segments: { [`s${text}`]: [text] } };
      await store.apply('default', change, options);
      await store.apply(`e${text}`, change, options);
    }
    const elsewhere = new URLSearchParams({ environment: `e${text}` });
    const compared = new URLSearchParams({
      with: `e${text}`,
      here: 'default',
      there: `e${text}`,
      to: `e${text}`,
      all: '1',
    });
    const one = new URLSearchParams({
      flag: `f${text}`,
      user: text,
      attributes: `x: ${JSON.stringify(text)}`,
      zone: text,
    });
    for (const path of [
      ...PAGES,
      `/history?${elsewhere}`,
      `/undo?revision=2&${elsewhere}`,
      `/environments?${compared}`,
      `/promote?${compared}`,
      `/then?${one}`,
      `/history?${one}`,
    ]) {
      const page = await visitor.open(path);
      // What is drawn by lot may hold any number.
      const html = page.text.replace(/ name="(?:token|digest)" value="[^"]*"/g, '');
      expect([path, page.status < 500, aliensIn(html)]).toEqual([path, true, []]);
    }
  });

  it('say so while the store cannot be reached, and go on afterwards', async () => {
    const store = new RemoteStore();
    const { visitor } = await aShelf([{ flags: { a: 1 } }, { flags: { a: 2 } }], { store });
    const fields = { ...fieldsOf((await visitor.open('/undo?revision=2')).text, 'undo'), comment: 'Typed' };
    store.cut();
    for (const path of PAGES.filter((page) => !/^.(history|environments)/.test(page))) {
      const { status, text } = await visitor.open(path);
      expect([path, status, textOf(text)]).toEqual([path, 503, expect.stringContaining('The store cannot be reached')]);
    }
    expect((await visitor.post('/undo', fields)).status).toBe(503);
    store.mend();
    await expect.poll(async () => (await visitor.post('/undo', fields)).status).toBe(303);
  });
});
