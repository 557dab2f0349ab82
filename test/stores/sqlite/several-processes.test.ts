import { join } from 'node:path';
import { sqliteStore } from 'express-gatekeeper/stores/sqlite';
import { describe, expect, it } from 'vitest';
import { aFolder } from '../a-folder.js';
import { children } from './children.js';

const start = children();

describe('two processes on one database', { timeout: 60_000 }, () => {
  it('lose no edit of one flag: 200 each, each built on what is there', async () => {
    const path = join(aFolder(), 'gatekeeper.db');
    const editors = [1, 2].map(() => start('editor', [path, 'counted', '200']));
    expect(await Promise.all(editors.map(({ ended }) => ended))).toEqual([0, 0]);
    const store = sqliteStore(path);
    expect((await store.load('default')).flags).toMatchObject({ counted: { description: '400' } });
    expect((await store.history('default', { limit: 1_000 })).length).toBe(400);
    await store.close();
  });

  it('refuse no edit of different flags: 200 each', async () => {
    const path = join(aFolder(), 'gatekeeper.db');
    const editors = ['one', 'two'].map((flag) => start('editor', [path, flag, '200']));
    expect(await Promise.all(editors.map(({ ended }) => ended))).toEqual([0, 0]);
    expect(editors.map(({ lines }) => lines)).toEqual([['0'], ['0']]);
    const store = sqliteStore(path);
    expect((await store.load('default')).flags).toMatchObject({
      one: { description: '200' },
      two: { description: '200' },
    });
    expect(await store.revision('default')).toBe(400);
    await store.close();
  });

  it('make the tables at the same time, and both go on', async () => {
    for (let round = 1; round <= 3; round += 1) {
      const path = join(aFolder(), 'gatekeeper.db');
      const openers = ['one', 'two', 'three'].map((name) => start('opener', [path, name]));
      await Promise.all(openers.map((opener) => opener.line()));
      for (const { process } of openers) process.stdin.write('now\n');
      await Promise.all(openers.map(({ ended }) => ended));
      expect(openers.map(({ lines }) => Number(lines[1])).sort()).toEqual([1, 2, 3]);
      const store = sqliteStore(path);
      expect(Object.keys((await store.load('default')).flags).sort()).toEqual(['one', 'three', 'two']);
      await store.close();
    }
  });

  it('tell each other of changes, and see them at once', async () => {
    const path = join(aFolder(), 'gatekeeper.db');
    const store = sqliteStore(path);
    const writer = start('writer', [path, 'other']);
    const told = new Promise<number | undefined>((tell) => store.watch('default', tell));
    const [, acknowledged] = (await writer.line()).split(' ').map(Number);
    expect(store.sync.revision('default')).toBeGreaterThanOrEqual(acknowledged ?? Number.NaN);
    expect(await told).toBeGreaterThan(0);
    await store.close();
  });
});
