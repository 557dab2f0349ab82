import { describe, expect, it } from 'vitest';
import { flagIn, storeWith } from '../a-store.js';
import { typed, typedIn } from '../a-terminal.js';

describe('gatekeeper create', () => {
  it.each([
    ['nothing else: off', [], false],
    ['a value', ['20%'], { enabled: true, serve: { percentage: 20 } }],
    ['a definition', ['--definition', '{ variants: [x, y], owner: me }'], { variants: ['x', 'y'], owner: 'me' }],
  ])('makes a flag of %s', async (_what, words, flag) => {
    const store = await storeWith({});
    expect((await typed('create', 'team/new', ...words)).code).toBe(0);
    expect(await flagIn(store, 'team/new')).toEqual(flag);
  });

  it('reads a definition that is handed in', async () => {
    const store = await storeWith({});
    await typedIn({ input: '{"killed": true}' }, 'create', 'new', '--definition', '-');
    expect(await flagIn(store, 'new')).toEqual({ killed: true });
  });

  it('leaves a flag alone that is there already, with exit code 3', async () => {
    const store = await storeWith({ search: 20 });
    expect(await typed('create', 'search', 'true')).toMatchObject({
      code: 3,
      err: "There is a flag 'search' in default already; gatekeeper set changes it.",
    });
    expect(await flagIn(store, 'search')).toBe(20);
  });
});

describe('gatekeeper delete', () => {
  it('deletes flags in one change', async () => {
    const store = await storeWith({ a: true, b: true, c: true });
    const { code, out } = await typed('delete', 'a', 'c');
    expect([code, out]).toEqual([
      0,
      '- a: on → deleted\n- c: on → deleted\nEnvironment default of flags.db, revision 2',
    ]);
    expect((await store.load('default')).flags).toEqual({ b: true });
  });

  it('deletes nothing when one of them is not there', async () => {
    const store = await storeWith({ a: true });
    expect(await typed('delete', 'a', 'b')).toMatchObject({ code: 4 });
    expect(await flagIn(store, 'a')).toBe(true);
  });

  it('deletes no flag that others depend on', async () => {
    const store = await storeWith({ a: true, b: { prerequisites: { a: 'on' } } });
    const { code, err } = await typed('delete', 'a');
    expect(code).toBe(1);
    expect(err).toContain('there is no flag "a"');
    expect(await flagIn(store, 'a')).toBe(true);
    expect((await typed('delete', 'a', 'b')).code).toBe(0);
  });
});
