import { describe, expect, it } from 'vitest';
import { proposalOf } from '../../src/dashboard/models/proposal.js';
import { editors, fieldsOf, textOf } from './an-editor.js';

const because = (comment: string) => ({ comment });

const STORED = { owner: 'web', serve: { percentage: 20 }, tags: ['a'] };

describe('two editors of one flag', () => {
  it('who saves second is shown both changes, and can have both', async () => {
    const { ann, bob, store } = await editors({ stored: { x: STORED } });
    const mine = await ann.preview('x', '{ owner: web, serve: { percentage: 60 }, tags: [a] }');
    const theirs = await bob.preview('x', '{ owner: shop, serve: { percentage: 20 }, tags: [a] }');
    expect((await bob.press(theirs, 'save', because('Moved to the shop team'))).status).toBe(303);

    const conflict = await ann.press(mine, 'save', because('Going well'));
    expect(conflict.status).toBe(409);
    const said = textOf(conflict);
    expect(said).toContain('Moved to the shop team bob , just now');
    expect(said).toContain('Going well ann');
    expect(said).toMatch(
      /Theirs.*removed: owner: web added: owner: shop.*Yours.*removed: percentage: 2 0 added: percentage: 6 0/,
    );
    expect(said).toContain('different fields');
    expect(said).toMatch(/to copy.*owner: web serve: percentage: 60/);
    expect(await ann.stored('x')).toEqual({ ...STORED, owner: 'shop' });

    const both = await ann.press(conflict, 'preview');
    expect(both.status).toBe(200);
    expect(fieldsOf(both.text, 'save')).toMatchObject({ revision: '2', comment: 'Going well' });
    expect((await ann.press(both, 'save')).status).toBe(303);
    expect(await ann.stored('x')).toEqual({ owner: 'shop', serve: { percentage: 60 }, tags: ['a'] });
    expect((await store.history('default')).map(({ by }) => by)).toEqual(['ann', 'bob', 'zoe']);
  });

  it('is told which fields both changed; there the second is taken, if they still want it', async () => {
    const { ann, bob } = await editors({ stored: { x: STORED } });
    const mine = await ann.preview('x', '{ owner: web, serve: { percentage: 60 }, tags: [a, b] }');
    await bob.press(
      await bob.preview('x', '{ owner: shop, serve: { percentage: 5 }, tags: [a] }'),
      'save',
      because('!'),
    );
    const conflict = await ann.press(mine, 'save', because('?'));
    expect(textOf(conflict)).toContain('Both changed serve .');
    const both = await ann.press(conflict, 'preview');
    expect(JSON.parse(fieldsOf(both.text, 'save')['definition'] ?? '')).toEqual({
      owner: 'shop',
      serve: { percentage: 60 },
      tags: ['a', 'b'],
    });
    expect(textOf(both)).toContain('only grows, from 5 to 60');
  });

  it('meets the conflict before the preview when the form is older than the flag', async () => {
    const { ann, bob } = await editors({ stored: { x: STORED } });
    await bob.press(await bob.preview('x', '30'), 'save', because('!'));
    const conflict = await ann.preview('x', '{ owner: web, serve: { percentage: 60 } }', 1);
    expect([conflict.status, textOf(conflict)]).toEqual([409, expect.stringContaining('meanwhile')]);
    expect(await ann.stored('x')).toBe(30);
  });

  it('at the very same moment: one saves, the other has a conflict, and nothing is lost', async () => {
    const { ann, bob, store } = await editors({ stored: { x: STORED } });
    const [mine, theirs] = [await ann.preview('x', '60'), await bob.preview('x', '5')];
    const answers = await Promise.all([
      ann.press(mine, 'save', because('up')),
      bob.press(theirs, 'save', because('down')),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([303, 409]);
    expect(await store.revision('default')).toBe(2);
    const loser = answers.find(({ status }) => status === 409);
    expect(textOf(loser ?? { text: '' })).toMatch(/meanwhile.*to copy.*(60|5)/);
  });

  it('of different flags never meet', async () => {
    const { ann, bob } = await editors({ stored: { x: 20, y: 20 } });
    const [mine, theirs] = [await ann.preview('x', '60'), await bob.preview('y', '5')];
    expect((await ann.press(mine, 'save', because('up'))).status).toBe(303);
    expect((await bob.press(theirs, 'save', because('down'))).status).toBe(303);
    expect([await ann.stored('x'), await ann.stored('y')]).toEqual([60, 5]);
  });

  it('is offered to put a flag back that was deleted meanwhile', async () => {
    const { ann, bob } = await editors({ stored: { x: STORED } });
    const mine = await ann.preview('x', '60');
    const page = await bob.open('/shut?name=x');
    expect((await bob.press(page, 'delete', because('Gone'))).headers['location']).toBe('history?flag=x&made=2');
    const conflict = await ann.press(mine, 'save', because('up'));
    expect([conflict.status, textOf(conflict)]).toEqual([409, expect.stringContaining('They deleted it')]);
    const back = await ann.press(conflict, 'preview');
    await ann.press(back, 'save');
    expect(await ann.stored('x')).toBe(60);
  });

  it('creates a flag that somebody else created meanwhile only on top of theirs', async () => {
    const { ann, bob } = await editors();
    const [mine, theirs] = [await ann.preview('x', '{ owner: web }', 0), await bob.preview('x', 'false', 0)];
    await bob.press(theirs, 'save', because('mine'));
    const conflict = await ann.press(mine, 'save', because('no, mine'));
    expect(conflict.status).toBe(409);
    await ann.press(await ann.press(conflict, 'preview'), 'save');
    expect(await ann.stored('x')).toEqual({ enabled: false, owner: 'web' });
  });

  it('cannot undo a kill by saving: it stays', async () => {
    const { ann, bob } = await editors({ stored: { x: STORED } });
    const mine = await ann.preview('x', '60');
    await bob.press(await bob.open('/shut?name=x'), 'kill', because('It burns'));
    const conflict = await ann.press(mine, 'save', because('up'));
    expect(textOf(conflict)).toContain('It burns');
    await ann.press(await ann.press(conflict, 'preview'), 'save');
    expect(await ann.stored('x')).toMatchObject({ killed: true, serve: { percentage: 60 } });
  });

  it('is spared a page when somebody had the very same idea', async () => {
    const { ann, bob } = await editors({ stored: { x: 20 } });
    const [mine, theirs] = [await ann.preview('x', '60'), await bob.preview('x', '60')];
    await bob.press(theirs, 'save', because('!'));
    const saved = await ann.press(mine, 'save', because('!'));
    expect([saved.status, saved.headers['location']]).toEqual([303, 'flag?name=x&made=2']);
  });

  it('sees hostile names and comments as text', async () => {
    const evil = '</script><script>alert(1)</script>';
    const { ann, bob } = await editors({ stored: { [evil]: { owner: evil } } });
    const mine = await ann.preview(evil, 'true');
    await bob.press(await bob.preview(evil, 'false'), 'save', because(evil));
    const conflict = await ann.press(mine, 'save', because(evil));
    expect(conflict.status).toBe(409);
    expect(conflict.text).not.toContain('<script>alert');
    expect(textOf(conflict)).toContain(evil);
  });
});

describe('two changes in one', () => {
  it.each([
    ['fields of one each', { a: 1, b: 1 }, { a: 2, b: 1 }, { a: 1, b: 2 }, [], 'a: 2\nb: 2\n'],
    ['one adds, one removes', { a: 1 }, {}, { a: 1, b: 2 }, [], 'b: 2\n'],
    ['both the same', { a: 1 }, { a: 2 }, { a: 2 }, [], 'a: 2\n'],
    ['both otherwise', { a: 1 }, { a: 2 }, { a: 3 }, ['a'], 'a: 3\n'],
    ['one changes what the other removes', { a: 1, b: 1 }, { b: 1 }, { a: 2, b: 1 }, ['a'], 'b: 1\na: 2\n'],
    ['shorthands', 20, { serve: { percentage: 20 }, owner: 'web' }, 60, [], 'serve:\n  percentage: 60\nowner: web\n'],
    ['on and off', true, true, false, [], 'false\n'],
    [
      'only the order of keys',
      { a: { b: 1, c: 2 } },
      { a: { c: 2, b: 1 }, d: 1 },
      { a: { b: 1, c: 2 } },
      [],
      'a:\n  c: 2\n  b: 1\nd: 1\n',
    ],
    [
      'the order of variants',
      { variants: { a: 1, b: 2 } },
      { variants: { b: 2, a: 1 } },
      { variants: { a: 1, b: 2 }, owner: 'web' },
      [],
      'variants:\n  b: 2\n  a: 1\nowner: web\n',
    ],
    ['nothing before', null, { a: 1 }, { a: 1, b: 2 }, [], 'a: 1\nb: 2\n'],
  ])('are told field by field: %s', (_case, base, theirs, yours, clashes, yaml) => {
    expect(proposalOf(base, theirs, yours)).toEqual({
      kind: clashes.length === 0 ? 'both' : 'yours',
      clashes,
      yaml,
    });
  });

  it('are yours alone when theirs took the flag away', () => {
    expect(proposalOf({ a: 1 }, null, { a: 2 })).toEqual({ kind: 'whole', clashes: [], yaml: 'a: 2\n' });
  });
});
