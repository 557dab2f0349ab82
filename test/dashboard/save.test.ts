import { memoryStore } from 'express-gatekeeper/stores/memory';
import { describe, expect, it } from 'vitest';
import { aVisitor, EXPRESSES } from './an-app.js';
import { editors, fieldsOf, textOf } from './an-editor.js';

const COMMENT = { comment: 'because' };

describe('saving what was previewed', () => {
  it('writes it once, with who and why, and it is in use', async () => {
    const { ann, store, gk } = await editors({ stored: { x: 20 } });
    const page = await ann.preview('x', '{ serve: { percentage: 60 }, owner: web }');
    expect(page.status).toBe(200);
    const saved = await ann.press(page, 'save', COMMENT);
    expect([saved.status, saved.headers['location']]).toEqual([303, 'flag?name=x&made=2']);
    expect(await ann.stored('x')).toEqual({ serve: { percentage: 60 }, owner: 'web' });
    const [entry] = await store.history('default', { limit: 1 });
    expect(entry).toMatchObject({ revision: 2, by: 'ann', comment: 'because' });
    expect(gk.for({ userId: 1 }).details('x').revision).toBe(2);
  });

  it('leads to the flag with a note on it, which no link can make up', async () => {
    const { ann, bob } = await editors({ stored: { x: 20, y: 20 } });
    const saved = await ann.press(await ann.preview('x', '60'), 'save', COMMENT);
    expect(textOf(await ann.open(`/${saved.headers['location']}`))).toContain('Saved. Revision 2');
    expect((await bob.open(`/${saved.headers['location']}`)).text).not.toContain('role="status"');
    for (const query of ['name=x&made=1', 'name=y&made=2', 'name=x&made=3', 'name=x&made=-1', 'name=x&made=%3Cb%3E']) {
      expect((await ann.open(`/flag?${query}`)).text).not.toContain('role="status"');
    }
  });

  it('creates a flag that was not there', async () => {
    const { ann, gk } = await editors();
    const saved = await ann.press(await ann.preview('new/one', 'true', 0), 'save', COMMENT);
    expect(saved.headers['location']).toBe('flag?name=new%2Fone&made=1');
    expect(gk.for({ userId: 1 }).isEnabled('new/one')).toBe(true);
  });

  it.each(['', '   '])('takes a comment, and %j is none; nothing typed is lost', async (comment) => {
    const { ann } = await editors({ stored: { x: 20 } });
    const page = await ann.preview('x', '60');
    const refused = await ann.press(page, 'save', { comment });
    expect([refused.status, textOf(refused)]).toEqual([422, expect.stringContaining('Say why')]);
    expect(fieldsOf(refused.text, 'save')).toMatchObject({ definition: '60', revision: '1', flag: 'x', yaml: '60' });
    expect(await ann.stored('x')).toBe(20);
  });

  it('takes at most 4000 characters of comment, and keeps what was too long', async () => {
    const { ann } = await editors({ stored: { x: 20 } });
    const comment = 'long '.repeat(801);
    const refused = await ann.press(await ann.preview('x', '60'), 'save', { comment });
    expect([refused.status, textOf(refused)]).toEqual([422, expect.stringContaining('room for 4000')]);
    expect(fieldsOf(refused.text, 'save')['comment']).toBe(comment);
  });

  it.each([
    ['no JSON', '{', 400],
    ['nothing', 'null', 400],
    ['a text', '"on"', 400],
    ['a definition that cannot be used', '{"serve":"MAYBE"}', 422],
    ['keys nobody knows', '{"serv":"on"}', 422],
    ['a key that is a trap', '{"__proto__":{"killed":true}}', 422],
  ])('trusts no hidden field: %s is not saved', async (_case, definition, status) => {
    const { ann } = await editors({ stored: { x: 20 } });
    const page = await ann.preview('x', '60');
    const refused = await ann.press(page, 'save', { ...COMMENT, definition });
    expect(refused.status).toBe(status);
    expect(await ann.stored('x')).toBe(20);
  });

  it.each(['flag', 'revision', 'definition'])('says so when it was not told which %s', async (field) => {
    const { ann } = await editors({ stored: { x: 20 } });
    const page = await ann.preview('x', '60');
    const refused = await ann.press(page, 'save', { ...COMMENT, [field]: '' });
    expect([refused.status, textOf(refused)]).toEqual([400, expect.stringContaining(field)]);
  });

  it('is refused when another flag could not be used afterwards, and says which', async () => {
    const stored = { x: { variants: ['a', 'b', 'off'] }, y: { prerequisites: { x: 'a' } } };
    const { ann } = await editors({ stored });
    const refused = await ann.preview('x', '{ variants: [b, off] }');
    expect([refused.status, textOf(refused)]).toEqual([422, expect.stringContaining('"y"')]);
    const page = await ann.preview('x', '{ variants: [a, b, c, off] }');
    const definition = JSON.stringify({ variants: ['b', 'off'] });
    const sneaked = await ann.press(page, 'save', { ...COMMENT, definition });
    expect([sneaked.status, await ann.stored('x')]).toEqual([422, stored.x]);
  });

  it('neither kills nor revives: that takes a right of its own', async () => {
    const { ann } = await editors({
      stored: { x: { killed: true, serve: 'on' }, y: true },
      can: ['view', 'edit', 'override'],
    });
    await ann.press(await ann.preview('x', '{ serve: off }'), 'save', COMMENT);
    expect(await ann.stored('x')).toEqual({ serve: 'off', killed: true });
    const page = await ann.preview('y', '{ killed: true, owner: web }');
    expect(textOf(page)).toContain('on a page of its own');
    await ann.press(page, 'save', COMMENT);
    expect(await ann.stored('y')).toEqual({ owner: 'web' });
  });

  it('takes the right to edit', async () => {
    const { ann } = await editors({ stored: { x: 20 }, can: ['view', 'kill', 'override'] });
    expect((await ann.preview('x', '60')).status).toBe(403);
    const fields = { flag: 'x', revision: '1', definition: '60', ...COMMENT };
    expect((await ann.post('/save', fields)).status).toBe(403);
  });

  it.each(['preview', 'save', 'kill', 'revive', 'delete'])(
    'without a store there is nothing to write to by %s',
    async (to) => {
      const visitor = await aVisitor();
      const fields = { flag: 'MY_NEW_FEATURE', revision: '0', definition: 'true', yaml: 'true', ...COMMENT };
      const refused = await visitor.post(`/${to}`, fields);
      expect([refused.status, textOf(refused)]).toEqual([409, expect.stringContaining('no store')]);
    },
  );

  it('when the store is down loses nothing that was typed', async () => {
    const store = memoryStore();
    const { ann } = await editors({ store, stored: { x: 20 } });
    const page = await ann.preview('x', '60');
    const { apply } = store;
    store.apply = async () => {
      throw new Error('connection refused');
    };
    const failed = await ann.press(page, 'save', COMMENT);
    expect([failed.status, textOf(failed)]).toEqual([503, expect.stringContaining('connection refused')]);
    expect(fieldsOf(failed.text, 'save')).toMatchObject({ definition: '60', comment: 'because' });
    store.apply = apply;
    expect((await ann.press(failed, 'save')).status).toBe(303);
  });
});

describe.each(EXPRESSES)('in %s', (_name, express) => {
  it.each([
    ['alone', []],
    ['beside a form parser that nests', [express.urlencoded({ extended: true })]],
    ['beside one that does not', [express.urlencoded({ extended: false })]],
  ])('a change comes through as it was written, %s', async (_case, before) => {
    const { ann } = await editors({ express, before, stored: { x: 20 } });
    const yaml = '{ serve: { percentage: 60 }, rules: [{ name: "a[0].b=c&d", when: { "user.plan": "+%20" } }] }';
    expect((await ann.press(await ann.preview('x', yaml), 'save', COMMENT)).status).toBe(303);
    expect(await ann.stored('x')).toEqual({
      serve: { percentage: 60 },
      rules: [{ name: 'a[0].b=c&d', when: { 'user.plan': '+%20' } }],
    });
  });
});

describe('pressing the button twice', () => {
  it('one after the other saves once, and leads to the flag both times', async () => {
    const { ann, store } = await editors({ stored: { x: 20 } });
    const page = await ann.preview('x', '60');
    const answers = [await ann.press(page, 'save', COMMENT), await ann.press(page, 'save', COMMENT)];
    expect(answers.map(({ headers }) => headers['location'])).toEqual(['flag?name=x&made=2', 'flag?name=x&made=2']);
    expect(await store.revision('default')).toBe(2);
  });

  it('at the same time too', async () => {
    const { ann, store } = await editors({ stored: { x: 20 } });
    const page = await ann.preview('x', '60');
    const answers = await Promise.all([ann.press(page, 'save', COMMENT), ann.press(page, 'save', COMMENT)]);
    expect(answers.map(({ status }) => status)).toEqual([303, 303]);
    expect(await store.revision('default')).toBe(2);
  });
});
