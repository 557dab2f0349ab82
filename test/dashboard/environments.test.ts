import { join } from 'node:path';
import { fileStore } from 'express-gatekeeper/stores/file';
import { describe, expect, it } from 'vitest';
import { aFolder } from '../stores/a-folder.js';
import { aShelf, fieldsOf, type Shelf, textOf } from './a-shelf.js';
import { aVisitor, EXPRESSES, MOUNTS } from './an-app.js';

async function two(here: object, there: object, options: Parameters<typeof aShelf>[1] = {}): Promise<Shelf> {
  const shelf = await aShelf([here], options);
  await shelf.put(there, 'Try it', 'staging');
  return shelf;
}

async function flagsIn({ store }: Shelf, environment: string): Promise<Record<string, unknown>> {
  return { ...(await store.load(environment)).flags };
}

/** Opens the page that promotes, and presses its button. */
async function promote({ visitor }: Shelf, query: Record<string, string>, fields: Record<string, string> = {}) {
  const offer = { here: 'default', there: 'staging', to: 'default', ...query };
  const { text } = await visitor.open(`/promote?${new URLSearchParams(offer)}`);
  const { token: _token, ...form } = fieldsOf(text, 'promote');
  return visitor.post('/promote', { ...form, ...fields });
}

describe.each(EXPRESSES)('the room of environments, in %s', (_name, express) => {
  it.each(MOUNTS)('compares and promotes, mounted at %j', async (mount) => {
    const shelf = await two({ flags: { a: 1 } }, { flags: { a: 2 } });
    const visitor = await aVisitor({ express, mount, gatekeeper: { flags: [], store: shelf.store } });
    expect((await visitor.open('/environments')).text).toContain('href="environments?of=default&amp;with=staging"');
    expect((await promote({ ...shelf, visitor }, { all: '1' })).status).toBe(303);
    expect(await flagsIn(shelf, 'default')).toEqual({ a: 2 });
  });
});

describe('the environments', () => {
  it('are listed with their last change, and the app’s own is marked', async () => {
    const { visitor } = await two({ flags: { a: 1 } }, { flags: { a: 2 } });
    const { text } = await visitor.open('/environments');
    expect(textOf(text)).toMatch(
      /Environments 2 .*default this app .*Revision 1.* staging Try it, ann, 23 hours ago.*Revision 1/,
    );
    expect(text).toContain('href="history?environment=staging"');
  });

  it('are compared side by side', async () => {
    const { visitor } = await two(
      { flags: { same: 1, other: 20, here: true }, segments: { s: [1] } },
      { flags: { same: 1, other: 60, there: true }, segments: { s: [2] } },
    );
    const read = textOf((await visitor.open('/environments?with=staging')).text);
    expect(read).toContain('different 2 only in default 1 only in staging 1 the same 1');
    expect(read).toMatch(/different other \+1 −1 removed: 20 added: 60/);
    expect(read).toContain('different segment s');
    expect(read).toMatch(/Only in default here .*Only in staging there/);
    const found = textOf((await visitor.open('/environments?with=staging&q=oth')).text);
    expect(found).toContain('different 1 only in default 0 only in staging 0 the same 0');
  });

  it('of ten thousand flags fit on a page', async () => {
    const flags = (value: number) =>
      Object.fromEntries(Array.from({ length: 10_000 }, (_, index) => [`f${index}`, value]));
    const { visitor } = await two({ flags: flags(1) }, { flags: flags(2) });
    const { text } = await visitor.open('/environments?with=staging');
    expect(text.length).toBeLessThan(150_000);
    expect(textOf(text)).toContain('and 9940 more: a search narrows them down.');
  }, 20_000);

  it('that are not there are not made up', async () => {
    const { visitor } = await two({ flags: { a: 1 } }, { flags: { a: 2 } });
    for (const query of ['with=nowhere', 'of=nowhere', 'of=nowhere&with=staging']) {
      expect((await visitor.open(`/environments?${query}`)).status).toBe(404);
    }
    expect((await visitor.open('/promote?here=default&there=nowhere&to=default&all=1')).status).toBe(404);
    expect((await visitor.open('/promote?here=default&there=staging&to=elsewhere&all=1')).status).toBe(400);
    expect((await visitor.open('/promote?here=default&there=default&all=1')).status).toBe(409);
  });

  it('in a store that has none: the room says what to do', async () => {
    const store = fileStore(join(aFolder({ 'flags.yaml': 'flags:\n  a: true\n' }), 'flags.yaml'));
    const { visitor } = await aShelf([], { store });
    const read = textOf((await visitor.open('/environments')).text);
    expect(read).toContain('This store holds one set of flags, for every environment.');
    expect((await visitor.open('/promote?here=default&there=staging&all=1')).status).toBe(409);
  });
});

describe('promoting', () => {
  it('shows first what becomes different and who gets something else, and writes nothing', async () => {
    const shelf = await two(
      { flags: { a: false, b: 1 } },
      { flags: { a: true, b: 1 } },
      {
        gatekeeper: { userId: () => 42 },
      },
    );
    await shelf.visitor.shop();
    const { text } = await shelf.visitor.open('/promote?here=default&there=staging&to=default&flag.0=a');
    const read = textOf(text);
    expect(read).toContain('Promote from staging to default');
    expect(read).toContain('What becomes different in default 1 changed a +1 −1 removed: false added: true');
    expect(read).toMatch(/gain it 1/);
    expect(await flagsIn(shelf, 'default')).toEqual({ a: false, b: 1 });
  });

  it('copies what was chosen, in either direction, as one change with a comment', async () => {
    const shelf = await two({ flags: { a: 1, b: 1 } }, { flags: { a: 2, b: 2 }, segments: { s: [1] } });
    const done = await promote(shelf, { 'flag.0': 'a', 'segment.7': 's' }, { comment: 'Tried for a week' });
    expect([done.status, done.headers['location']]).toEqual([303, 'history?made=2']);
    expect(await shelf.store.load('default')).toMatchObject({ flags: { a: 2, b: 1 }, segments: { s: [1] } });
    const [entry] = await shelf.store.history('default', { limit: 1 });
    expect([entry?.by, entry?.comment]).toEqual(['bob', 'Tried for a week']);
    const back = await promote(shelf, { to: 'staging', 'flag.0': 'b' });
    expect(back.headers['location']).toBe('history?environment=staging&made=2');
    expect(await flagsIn(shelf, 'staging')).toEqual({ a: 2, b: 1 });
  });

  it('of all leaves what only the other has', async () => {
    const shelf = await two({ flags: { mine: 1, a: 1 } }, { flags: { a: 2, b: 2 } });
    await promote(shelf, { all: '1' });
    expect(await flagsIn(shelf, 'default')).toEqual({ mine: 1, a: 2, b: 2 });
  });

  it('of all that a search found takes no others', async () => {
    const shelf = await two({ flags: { 'web/a': 1, 'shop/b': 1 } }, { flags: { 'web/a': 2, 'shop/b': 2 } });
    await promote(shelf, { all: '1', q: 'web/' });
    expect(await flagsIn(shelf, 'default')).toEqual({ 'web/a': 2, 'shop/b': 1 });
  });

  it('brings no kill along, and ends none', async () => {
    const shelf = await two(
      { flags: { a: 1, b: { serve: 'off', killed: true } } },
      { flags: { a: { serve: 'on', killed: true }, b: { serve: 'on' } } },
    );
    const { text } = await shelf.visitor.open('/promote?here=default&there=staging&to=default&all=1');
    expect(textOf(text)).toMatch(/A kill is not copied, and none is ended. .* a b /);
    await promote(shelf, { all: '1' });
    expect(await flagsIn(shelf, 'default')).toEqual({ a: { serve: 'on' }, b: { serve: 'on', killed: true } });
  });

  it.each([
    ['the source', 'staging', { flags: { a: 3 } }],
    ['the target', 'default', { flags: { a: 4 } }],
  ])('is not done when %s was changed meanwhile; the page shows what it would be now', async (_what, where, change) => {
    const shelf = await two({ flags: { a: 1, b: 1 } }, { flags: { a: 2, b: 2 } });
    const { text } = await shelf.visitor.open('/promote?here=default&there=staging&to=default&all=1');
    const { token: _token, ...form } = fieldsOf(text, 'promote');
    await shelf.put(change, '', where);
    const before = await flagsIn(shelf, 'default');
    const late = await shelf.visitor.post('/promote', { ...form, comment: 'Mine' });
    expect([late.status, textOf(late.text)]).toEqual([409, expect.stringContaining('changed while you were looking')]);
    expect(await flagsIn(shelf, 'default')).toEqual(before);
    const again = fieldsOf(late.text, 'promote');
    expect(again['comment']).toBe('Mine');
    expect((await shelf.visitor.post('/promote', again)).status).toBe(303);
    expect(await flagsIn(shelf, 'default')).toEqual({ a: where === 'staging' ? 3 : 2, b: 2 });
  });

  it('is refused whole when something could not be used there, which the page says beforehand', async () => {
    const shelf = await two(
      { flags: { a: true, b: 1 } },
      { flags: { a: { rules: [{ when: { segment: 's' } }] }, b: 2 }, segments: { s: [1] } },
    );
    const chosen = { 'flag.0': 'a', 'flag.1': 'b' };
    const offer = new URLSearchParams({ here: 'default', there: 'staging', to: 'default', ...chosen });
    expect(textOf((await shelf.visitor.open(`/promote?${offer}`)).text)).toContain('This would be refused:');
    const refused = await promote(shelf, chosen);
    expect([refused.status, textOf(refused.text)]).toEqual([409, expect.stringContaining('This was refused.')]);
    expect(await flagsIn(shelf, 'default')).toEqual({ a: true, b: 1 });
    expect((await promote(shelf, { ...chosen, 'segment.2': 's' })).status).toBe(303);
  });

  it('needs a comment', async () => {
    const shelf = await two({ flags: { a: 1 } }, { flags: { a: 2 } });
    expect((await promote(shelf, { all: '1' }, { comment: '' })).status).toBe(422);
    expect(await flagsIn(shelf, 'default')).toEqual({ a: 1 });
  });

  it('to a new environment begins it', async () => {
    const shelf = await aShelf([{ flags: { a: 1 }, segments: { s: [1] } }]);
    const { text } = await shelf.visitor.open('/environments');
    expect(textOf(text)).toContain('There is one environment so far.');
    const offer = await shelf.visitor.open('/promote?here=default&all=1&there=preview');
    expect(textOf(offer.text)).toContain('Nobody has written to preview yet');
    expect((await promote(shelf, { there: 'preview', to: 'preview', all: '1' })).status).toBe(303);
    expect(await shelf.store.load('preview')).toMatchObject({ flags: { a: 1 }, segments: { s: [1] } });
  });

  it('takes the right to edit; looking does not', async () => {
    const shelf = await two({ flags: { a: 1 } }, { flags: { a: 2 } }, { can: ['view', 'override', 'kill'] });
    const { status, text } = await shelf.visitor.open('/environments?with=staging');
    expect([status, text]).toEqual([200, expect.not.stringContaining('action="promote"')]);
    expect((await shelf.visitor.open('/promote?here=default&there=staging&all=1')).status).toBe(403);
    expect((await shelf.visitor.post('/promote', { here: 'default', there: 'staging', all: '1' })).status).toBe(403);
    expect(await flagsIn(shelf, 'default')).toEqual({ a: 1 });
  });
});
