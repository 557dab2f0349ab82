import { describe, expect, it } from 'vitest';
import { flagIn, storeWith } from './a-store.js';
import { typed } from './a-terminal.js';

describe('--expected-revision', () => {
  it('lets a change through when nobody changed the same meanwhile', async () => {
    const store = await storeWith({ search: false, other: false });
    await typed('set', 'other', 'on');
    expect((await typed('set', 'search', 'on', '--expected-revision', '1')).code).toBe(0);
    expect(await store.revision('default')).toBe(3);
  });

  it.each([
    ['set', ['search', 'off']],
    ['kill', ['search', '--reason', 'x']],
    ['delete', ['search']],
  ])('refuses %s with exit code 3 when somebody did', async (verb, words) => {
    const store = await storeWith({ search: false });
    await typed('set', 'search', 'on');
    const { code, err } = await typed(verb, ...words, '--expected-revision', '1');
    expect(code).toBe(3);
    expect(err).toContain("flag 'search' changed since revision 1; it is 2 now. Nothing was written");
    expect(await flagIn(store, 'search')).toEqual({ enabled: true, serve: 'on' });
  });

  it('refuses a folder as a whole', async () => {
    const store = await storeWith({ 'a/x': false, 'a/y': false });
    await typed('set', 'a/y', 'on');
    expect((await typed('set', 'a/', 'off', '--expected-revision', '1')).code).toBe(3);
    expect(await flagIn(store, 'a/x')).toBe(false);
  });
});
