import { describe, expect, it } from 'vitest';
import { lastChange, storeWith } from '../a-store.js';
import { printed, typed } from '../a-terminal.js';

describe('gatekeeper join and leave', () => {
  it('put a user on the list of a segment, and take them off', async () => {
    const store = await storeWith({}, { beta: [1], pro: { when: { plan: 'pro' } } });
    await typed('join', 'beta', '7', '--by', 'ann');
    await typed('join', 'pro', 'user-7');
    expect((await store.load('default')).segments).toEqual({
      beta: [1, 7],
      pro: { when: { plan: 'pro' }, users: ['user-7'] },
    });
    await typed('leave', 'beta', '1');
    expect((await store.load('default')).segments['beta']).toEqual([7]);
    expect(await lastChange(store)).toMatchObject({ changes: [{ kind: 'segment', name: 'beta' }] });
  });

  it('change nothing for who is in or out already', async () => {
    await storeWith({}, { beta: ['1'] });
    expect(await printed('join', 'beta', '1')).toMatchObject({ revision: 1, changes: [] });
    expect(await printed('leave', 'beta', '2')).toMatchObject({ revision: 1, changes: [] });
  });

  it('know no segment that is not there', async () => {
    await storeWith({}, { beta: [] });
    expect(await typed('join', 'bata', '1')).toMatchObject({ code: 4, err: expect.stringContaining('segment "bata"') });
  });

  it.each([[['beta']], [['beta', '1', '2']], [['beta', '']]])(
    'are called with a segment and a user, not with %j',
    async (words) => {
      await storeWith({}, { beta: [] });
      expect((await typed('join', ...words)).code).toBe(2);
    },
  );
});
