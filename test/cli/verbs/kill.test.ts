import { describe, expect, it } from 'vitest';
import { flagIn, lastChange, storeWith } from '../a-store.js';
import { printed, typed } from '../a-terminal.js';

describe('gatekeeper kill', () => {
  it('shuts a flag, with its reason, and leaves everything else of it', async () => {
    const store = await storeWith({ search: { serve: { percentage: 20 }, owner: 'search' } });
    const { code, out } = await typed('kill', 'search', '--reason', 'it fails', '--by', 'ann');
    expect(code).toBe(0);
    expect(out).toContain('~ search: on for 20% → killed');
    expect(await flagIn(store, 'search')).toEqual({ serve: { percentage: 20 }, owner: 'search', killed: true });
    expect(await lastChange(store)).toMatchObject({ by: 'ann', comment: 'it fails' });
  });

  it('shuts several in one change', async () => {
    const store = await storeWith({ a: true, b: [1] });
    await typed('kill', 'a', 'b', '--reason', 'x');
    expect(await store.revision('default')).toBe(2);
    expect(await flagIn(store, 'b')).toEqual({ users: [1], killed: true });
  });

  it.each([['kill'], ['revive']])('does not %s without a reason', async (verb) => {
    const store = await storeWith({ search: { killed: true } });
    expect(await typed(verb, 'search')).toMatchObject({ code: 2, err: 'It takes --reason.' });
    expect(await store.revision('default')).toBe(1);
  });

  it('takes a slip in the name for what it is', async () => {
    const store = await storeWith({ search: true });
    expect(await typed('kill', 'serach', '--reason', 'x')).toMatchObject({
      code: 4,
      err: "There is no flag 'serach'; did you mean 'search'?",
    });
    expect(await store.revision('default')).toBe(1);
  });

  it('shuts a class of the app with --in-code', async () => {
    const store = await storeWith({ search: true });
    expect((await typed('kill', 'MY_NEW_FEATURE', '--reason', 'x')).code).toBe(4);
    expect((await typed('kill', 'MY_NEW_FEATURE', '--in-code', '--reason', 'x')).code).toBe(0);
    expect(await flagIn(store, 'MY_NEW_FEATURE')).toEqual({ killed: true });
  });
});

describe('gatekeeper revive', () => {
  it('ends a kill, and changes nothing that is not killed', async () => {
    const store = await storeWith({ a: { enabled: true, killed: true }, b: { killed: true, owner: 'me' }, c: 20 });
    const { changes } = await printed('revive', 'a', 'b', 'c', '--reason', 'mended');
    expect(changes).toHaveLength(2);
    expect((await store.load('default')).flags).toEqual({ a: true, b: { owner: 'me' }, c: 20 });
  });
});
