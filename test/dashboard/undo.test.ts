import { describe, expect, it } from 'vitest';
import { aShelf, fieldsOf, type Shelf, textOf } from './a-shelf.js';

/** Opens the page that takes a revision back, and presses its button. */
async function undo({ visitor }: Shelf, revision: number, fields: Record<string, string> = {}, more = '') {
  const { text } = await visitor.open(`/undo?revision=${revision}${more}`);
  const { token: _token, ...form } = fieldsOf(text, 'undo');
  return visitor.post('/undo', { ...form, ...fields });
}

async function flagsOf({ store }: Shelf, environment = 'default'): Promise<Record<string, unknown>> {
  return { ...(await store.load(environment)).flags };
}

describe('taking a change back', () => {
  it('is shown first: what becomes different, and who gets something else', async () => {
    const shelf = await aShelf([{ flags: { a: true, b: 10 } }, { flags: { a: false } }], {
      gatekeeper: { userId: () => 42, attributes: () => ({ plan: 'free' }) },
    });
    await shelf.visitor.shop();
    const { status, text } = await shelf.visitor.open('/undo?revision=2');
    expect(status).toBe(200);
    const read = textOf(text);
    expect(read).toContain('What is taken back 1 changed a');
    expect(read).toMatch(/removed: false added: true/);
    expect(read).toMatch(/gain it 1 lose it 0/);
    expect(await flagsOf(shelf)).toEqual({ a: false, b: 10 });
  });

  it('is a change of its own, with a comment, by whoever did it', async () => {
    const shelf = await aShelf([
      { flags: { a: 20 }, segments: { s: [1] } },
      { flags: { a: 60 }, segments: { s: null } },
    ]);
    const done = await undo(shelf, 2, { comment: 'Too many' });
    expect([done.status, done.headers['location']]).toEqual([303, 'history?made=3']);
    expect(await shelf.store.load('default')).toMatchObject({ flags: { a: 20 }, segments: { s: [1] } });
    const [entry] = await shelf.store.history('default', { limit: 1 });
    expect([entry?.revision, entry?.by, entry?.comment]).toEqual([3, 'bob', 'Too many']);
    expect(textOf((await shelf.visitor.open('/history?made=3')).text)).toContain('Written as revision 3');
  });

  it('can itself be taken back', async () => {
    const shelf = await aShelf([{ flags: { a: 20 } }, { flags: { a: 60 } }]);
    await undo(shelf, 2);
    await undo(shelf, 3);
    expect(await flagsOf(shelf)).toEqual({ a: 60 });
    const [entry] = await shelf.store.history('default', { limit: 1 });
    expect(entry?.comment).toBe('Takes back revision 3: Takes back revision 2');
  });

  it('needs a comment, and keeps everything else as it was', async () => {
    const shelf = await aShelf([{ flags: { a: 20 } }, { flags: { a: 60 } }]);
    const refused = await undo(shelf, 2, { comment: '  ' });
    expect([refused.status, textOf(refused.text)]).toEqual([422, expect.stringContaining('Nothing was written.')]);
    expect(fieldsOf(refused.text, 'undo')).toMatchObject({ revision: '2', seen: '2' });
    expect(await flagsOf(shelf)).toEqual({ a: 60 });
  });

  it('leaves alone what was changed later, and shows how', async () => {
    const shelf = await aShelf([{ flags: { a: 1, b: 1 } }, { flags: { a: 2, b: 2 } }, { flags: { a: 3 } }]);
    const { text } = await shelf.visitor.open('/undo?revision=2');
    expect(textOf(text)).toMatch(/Changed again since 1 .*removed: 2 added: 3/);
    expect(textOf(text)).toContain('What is taken back 1 changed b');
    await undo(shelf, 2);
    expect(await flagsOf(shelf)).toEqual({ a: 3, b: 1 });
  });

  it('has no button when everything was changed later', async () => {
    const shelf = await aShelf([{ flags: { a: 1 } }, { flags: { a: 2 } }, { flags: { a: 3 } }]);
    const { text } = await shelf.visitor.open('/undo?revision=2');
    expect(text).not.toContain('action="undo"');
    expect(text).toContain('href="undo?revision=2&amp;later=1"');
    expect(textOf(text)).toContain('Nothing of it can be taken back without taking back what came later.');
  });

  it('takes back what came later only when that was asked for and shown', async () => {
    const shelf = await aShelf([{ flags: { a: 1, b: 1 } }, { flags: { a: 2, b: 2 } }, { flags: { a: 3 } }]);
    const { text } = await shelf.visitor.open('/undo?revision=2&later=1');
    expect(textOf(text)).toMatch(/What is taken back 2 .*removed: 3 added: 1/);
    expect((await undo(shelf, 2, {}, '&later=1')).status).toBe(303);
    expect(await flagsOf(shelf)).toEqual({ a: 1, b: 1 });
  });

  it('says when there is nothing left to take back', async () => {
    const shelf = await aShelf([{ flags: { a: 1 } }, { flags: { a: 2 } }, { flags: { a: 1 } }]);
    const { text } = await shelf.visitor.open('/undo?revision=2');
    expect(textOf(text)).toContain('Everything is already as it was before revision 2.');
    expect(text).not.toContain('action="undo"');
  });

  it('pressed twice is done once', async () => {
    const shelf = await aShelf([{ flags: { a: 1 } }, { flags: { a: 2 } }]);
    const { text } = await shelf.visitor.open('/undo?revision=2');
    const { token: _token, ...form } = fieldsOf(text, 'undo');
    expect((await shelf.visitor.post('/undo', form)).status).toBe(303);
    expect((await shelf.visitor.post('/undo', form)).headers['location']).toBe('history?');
    expect((await shelf.store.load('default')).revision).toBe(3);
  });

  it('is not done when somebody else was faster: the page shows what it would be now, and keeps the comment', async () => {
    const shelf = await aShelf([{ flags: { a: 1, b: 1 } }, { flags: { a: 2, b: 2 } }]);
    const { text } = await shelf.visitor.open('/undo?revision=2');
    const { token: _token, ...form } = fieldsOf(text, 'undo');
    await shelf.put({ flags: { a: 3 } });
    const late = await shelf.visitor.post('/undo', { ...form, comment: 'Mine' });
    expect([late.status, textOf(late.text)]).toEqual([409, expect.stringContaining('changed while you were looking')]);
    expect(fieldsOf(late.text, 'undo')).toMatchObject({ seen: '3', comment: 'Mine' });
    expect(await flagsOf(shelf)).toEqual({ a: 3, b: 2 });
  });

  it('does not mind what somebody changed elsewhere meanwhile', async () => {
    const shelf = await aShelf([{ flags: { a: 1 } }, { flags: { a: 2 } }]);
    const { text } = await shelf.visitor.open('/undo?revision=2');
    const { token: _token, ...form } = fieldsOf(text, 'undo');
    await shelf.put({ flags: { b: 3 } });
    expect((await shelf.visitor.post('/undo', form)).status).toBe(303);
    expect(await flagsOf(shelf)).toEqual({ a: 1, b: 3 });
  });

  it('is refused where a flag could not be used afterwards, which the page says beforehand', async () => {
    const shelf = await aShelf([
      { flags: { a: true } },
      { segments: { s: [1] } },
      { flags: { a: { rules: [{ when: { segment: 's' } }] } } },
    ]);
    const { text } = await shelf.visitor.open('/undo?revision=2');
    expect(textOf(text)).toMatch(/This would be refused: .*segment/);
    const refused = await undo(shelf, 2);
    expect([refused.status, textOf(refused.text)]).toEqual([409, expect.stringContaining('This was refused.')]);
    expect((await shelf.store.load('default')).revision).toBe(3);
  });

  it('of a kill takes the right to kill', async () => {
    const shelf = await aShelf([{ flags: { b: 1, a: 5 } }, { flags: { a: { serve: 'on', killed: true } } }], {
      can: ['view', 'edit'],
    });
    const { text } = await shelf.visitor.open('/undo?revision=2');
    expect(textOf(text)).toContain('that takes the right “kill”');
    expect(text).not.toContain('action="undo"');
    const { token = '' } = fieldsOf((await shelf.visitor.open('/undo?revision=1&later=1')).text, 'undo');
    const fields = { revision: '2', seen: '2', comment: 'x', digest: 'x' };
    const sent = await shelf.visitor.post('/undo', { token, ...fields });
    expect([sent.status, textOf(sent.text)]).toEqual([403, expect.stringContaining('You may not kill flags')]);
    expect((await shelf.store.load('default')).revision).toBe(2);
  });

  it('takes the right to edit', async () => {
    const shelf = await aShelf([{ flags: { a: 1 } }], { can: ['view', 'override', 'kill'] });
    expect((await shelf.visitor.open('/undo?revision=1')).status).toBe(403);
    expect((await shelf.visitor.post('/undo', { revision: '1' })).status).toBe(403);
  });

  it('works in another environment', async () => {
    const shelf = await aShelf([{ flags: { a: 1 } }]);
    await shelf.put({ flags: { a: 5 } }, '', 'staging');
    await shelf.put({ flags: { a: 6 } }, '', 'staging');
    const done = await undo(shelf, 2, {}, '&environment=staging');
    expect(done.headers['location']).toBe('history?environment=staging&made=3');
    expect([await flagsOf(shelf), await flagsOf(shelf, 'staging')]).toEqual([{ a: 1 }, { a: 5 }]);
  });

  it('of an import of thousands of flags stays a page, and takes back all', async () => {
    const flags = Object.fromEntries(Array.from({ length: 3_000 }, (_, index) => [`f${index}`, index % 100]));
    const shelf = await aShelf([{ flags }]);
    const { text } = await shelf.visitor.open('/undo?revision=1');
    expect(text.length).toBeLessThan(150_000);
    expect((await undo(shelf, 1)).status).toBe(303);
    expect(await flagsOf(shelf)).toEqual({});
  });

  it.each([
    ['of nothing', '/undo', 400],
    ['of what is not there', '/undo?revision=7', 404],
    ['of no number', '/undo?revision=x', 400],
    ['in no environment', '/undo?revision=1&environment=gone', 404],
  ])('%s says so', async (_what, path, status) => {
    const { visitor } = await aShelf([{ flags: { a: 1 } }]);
    expect((await visitor.open(path)).status).toBe(status);
  });
});
