import { describe, expect, it } from 'vitest';
import { storeWith } from '../a-store.js';
import { printed, typed } from '../a-terminal.js';

describe('gatekeeper history', () => {
  it('shows who changed what, when and why, the newest first', async () => {
    const store = await storeWith({ search: false });
    const at = Date.UTC(2026, 10, 3, 14, 5, 12);
    await store.apply('default', { flags: { search: 20 } }, { by: 'ann', comment: 'Monday', at });
    await store.apply('default', { flags: { search: null, other: true } }, { by: 'bob', at });
    const { code, out } = await typed('history', '--limit', '2');
    expect(code).toBe(0);
    expect(out.split('\n')).toEqual(
      [
        'REVISION  WHEN                  BY   WHAT                                          COMMENT',
        '3         2026-11-03T14:05:12Z  bob  - search: on for 20% → deleted (and 1 more change)',
        '2         2026-11-03T14:05:12Z  ann  ~ search: off → on for 20%                    Monday',
      ].map((line) => expect.stringContaining(line.slice(0, 60).trimEnd())),
    );
  });

  it('tells programs of one flag, page by page, even once it is gone', async () => {
    await storeWith({ search: false, other: true });
    await typed('set', 'search', 'on');
    await typed('set', 'other', 'off');
    await typed('delete', 'search');
    const all = await printed('history', 'search');
    expect(all).toMatchObject({ store: 'flags.db', environment: 'default' });
    const revisions = (page: Record<string, unknown>) =>
      (page['entries'] as { revision: number }[]).map((one) => one.revision);
    expect(revisions(all)).toEqual([4, 2, 1]);
    expect(revisions(await printed('history', 'search', '--limit', '1', '--before', '4'))).toEqual([2]);
  });

  it('tells of a segment', async () => {
    await storeWith({}, { beta: [] });
    await typed('join', 'beta', '7');
    const { entries } = await printed('history', '--segment', 'beta');
    expect(entries).toHaveLength(2);
  });

  it('says with exit code 4 that there never was such a flag', async () => {
    await storeWith({ search: false });
    expect(await typed('history', 'serach')).toMatchObject({ code: 4, err: expect.stringContaining("'search'?") });
    expect((await typed('history', '--segment', 'nobody')).code).toBe(4);
  });
});
