import { describe, expect, it } from 'vitest';
import { flagIn, lastChange, storeWith } from '../a-store.js';
import { printed, typed } from '../a-terminal.js';

const FLAGS = { 'color-team/blue': true, 'color-team/old/red': 20, 'color-teams': true, other: true };

describe('a folder', () => {
  it('is listed, with or without its slash', async () => {
    await storeWith(FLAGS);
    for (const folder of ['color-team', 'color-team/']) {
      const { flags } = await printed('list', folder);
      expect(flags).toEqual({ 'color-team/blue': true, 'color-team/old/red': 20 });
    }
  });

  it.each([
    ['set', ['color-team/', 'false'], false],
    ['kill', ['color-team/', '--reason', 'incident'], expect.objectContaining({ killed: true })],
    ['delete', ['color-team/'], undefined],
  ])('is changed as one by %s', async (verb, words, flag) => {
    const store = await storeWith(FLAGS);
    expect((await typed(verb, ...words)).code).toBe(0);
    expect(await store.revision('default')).toBe(2);
    expect((await lastChange(store)).changes.map(({ name }) => name)).toEqual([
      'color-team/blue',
      'color-team/old/red',
    ]);
    for (const name of ['color-team/blue', 'color-team/old/red']) expect(await flagIn(store, name)).toEqual(flag);
    for (const name of ['color-teams', 'other']) expect(await flagIn(store, name)).toBe(true);
  });

  it('is killed and revived as it was', async () => {
    const store = await storeWith(FLAGS);
    await typed('kill', 'color-team/', '--reason', 'incident');
    expect((await typed('revive', 'color-team/', '--reason', 'mended')).code).toBe(0);
    expect((await store.load('default')).flags).toMatchObject({
      ...FLAGS,
      'color-team/old/red': { serve: { percentage: 20 } },
    });
    expect(await lastChange(store)).toMatchObject({ comment: 'mended', revision: 3 });
  });

  it('stays as it is when one of its flags cannot be changed', async () => {
    const store = await storeWith({ 'team/a': { variants: ['x', 'y'] }, 'team/b': { variants: ['x', 'z'] } });
    const { code, err } = await typed('set', 'team/', 'z');
    expect(code).toBe(1);
    expect(err).toContain('Flag "team/a", serve');
    expect(await store.revision('default')).toBe(1);
  });

  it.each([
    ['list', ['nowhere']],
    ['set', ['nowhere/', 'true']],
    ['kill', ['nowhere/', '--reason', 'x']],
    ['delete', ['nowhere/']],
    ['export', ['nowhere/']],
  ])('that is not there is told by %s with exit code 4', async (verb, words) => {
    const store = await storeWith(FLAGS);
    expect(await typed(verb, ...words)).toEqual({
      code: 4,
      out: '',
      err: "There is no flag in the folder 'nowhere/'.",
    });
    expect(await store.revision('default')).toBe(1);
  });

  it('is not taken for a flag', async () => {
    await storeWith(FLAGS);
    expect(await typed('delete', 'color-team')).toMatchObject({
      code: 4,
      err: "There is no flag 'color-team'; there is a folder of that name: 'color-team/'",
    });
  });
});
