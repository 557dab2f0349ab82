import { join } from 'node:path';
import { ConflictError, gatekeeper } from 'express-gatekeeper';
import { describe, expect, it, onTestFinished } from 'vitest';
import { aFolder } from '../stores/a-folder.js';
import { type StoreSettings, storeOf } from './children/store-of.js';
import { processes } from './processes.js';
import { describeOnServers } from './servers.js';

const EDITS = 200;

const start = processes();

function promises(fresh: () => StoreSettings): void {
  it(`lose none of ${EDITS} patches of one flag each, nor any of as many counts`, async () => {
    const store = fresh();
    const fields = ['description', 'owner'];
    const editors = fields.map((field) =>
      start(import.meta.resolve('./children/editor.ts'), { store, field, times: EDITS }),
    );
    expect(await Promise.all(editors.map(({ ended }) => ended))).toEqual([0, 0]);

    const reader = storeOf(store);
    onTestFinished(() => reader.close());
    const { revision, flags } = await reader.load('default');
    expect(revision).toBe(4 * EDITS);
    expect(flags).toEqual({
      shared: { description: `description ${EDITS - 1}`, owner: `owner ${EDITS - 1}` },
      counter: { description: String(2 * EDITS) },
    });
    // Each patch is there, and was made to what the one before it had left.
    const entries = (await reader.history('default', { flag: 'shared', limit: 1_000 })).toReversed();
    const patches = fields.flatMap((field) => Array.from({ length: EDITS }, (_, index) => `${field} ${index}`));
    expect(entries.map(({ comment }) => comment).sort()).toEqual(patches.sort());
    let left: unknown = null;
    for (const { by, comment, changes } of entries) {
      const [change] = changes;
      expect(change?.before).toEqual(left);
      expect(change?.after).toEqual({ ...(left as object | null), [by]: comment });
      left = change?.after;
    }
  }, 40_000);

  it('are refused with what is there now when it is not what they looked at', async () => {
    const settings = fresh();
    const [one, other] = [settings, settings].map((each) => gatekeeper({ flags: [], store: storeOf(each) }));
    if (one === undefined || other === undefined) throw new Error('there are two');
    onTestFinished(() => one.close());
    onTestFinished(() => other.close());
    const seen = await one.update('a', { description: 'one' }, { by: 'one' });
    const now = await other.update('a', { owner: 'other' }, { by: 'other' });
    const patch = one.update('a', { owner: 'one' }, { by: 'one', expectedRevision: seen });
    const error: unknown = await patch.catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ConflictError);
    const current = { flags: { a: { description: 'one', owner: 'other' } } };
    expect(error).toMatchObject({ code: 'CONFLICT', revision: now, current });
    // Also when it would be as they want it: somebody else made it so.
    const same = one.update('a', { owner: 'other' }, { by: 'one', expectedRevision: seen });
    await expect(same).rejects.toMatchObject({ code: 'CONFLICT', revision: now, current });
    expect(await one.update('a', { owner: 'other' }, { by: 'one', expectedRevision: now })).toBe(now);
    expect(await one.update('a', { owner: 'one' }, { by: 'one', expectedRevision: now })).toBe(now + 1);
  });
}

describe('two processes that edit, on SQLite', () => {
  promises(() => ({ kind: 'sqlite', path: join(aFolder(), 'gatekeeper.db') }));
});

describeOnServers('two processes that edit', (server) => promises(() => server().fresh()));
