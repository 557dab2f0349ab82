import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FlagStore } from 'express-gatekeeper';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { FileStore } from '../../../src/stores/file/file-store.js';
import { aFolder } from '../a-folder.js';

const PATIENCE = { timeout: 4000, interval: 20 };

function aFile(content = 'flags: { dark_mode: true }\n') {
  const path = join(aFolder({ 'flags.yaml': content }), 'flags.yaml');
  const store: FlagStore = new FileStore(path);
  onTestFinished(() => store.close());
  return { path, store, write: (text: string) => writeFileSync(path, text) };
}

describe('a file as a store', () => {
  it('loads what it says, for every environment the same', async () => {
    const { store } = aFile('flags: { dark_mode: true }\nsegments: { beta: [1] }\n');
    for (const environment of ['default', 'production']) {
      expect(await store.load(environment)).toMatchObject({
        flags: { dark_mode: true },
        segments: { beta: [1] },
        origin: { name: expect.stringContaining('flags.yaml') },
      });
    }
  });

  it('gives each load a greater revision', async () => {
    const { store } = aFile();
    const revisions = [await store.load('default'), await store.load('default')].map(({ revision }) => revision);
    expect(revisions[1]).toBeGreaterThan(revisions[0] ?? Number.NaN);
  });

  it('refuses what cannot be read as a whole', async () => {
    const { store, path, write } = aFile();
    write('flags: [');
    await expect(store.load('default')).rejects.toThrow(/flags\.yaml cannot be parsed/);
    rmSync(path);
    await expect(store.load('default')).rejects.toThrow(/Cannot read the flags in .*ENOENT/);
  });
});

describe('watching a file', () => {
  it('calls back after a change, and not before', async () => {
    const { store, write } = aFile();
    await store.load('default');
    const told = vi.fn();
    onTestFinished(store.watch('default', told));
    write('flags: { dark_mode: false }\n');
    await vi.waitFor(() => expect(told).toHaveBeenCalledTimes(1), PATIENCE);
  });

  it('tells a change that was made after the load and before the watch', async () => {
    const { store, write } = aFile();
    await store.load('default');
    write('flags: { dark_mode: false }\n');
    const told = vi.fn();
    onTestFinished(store.watch('default', told));
    await vi.waitFor(() => expect(told).toHaveBeenCalled(), { ...PATIENCE, timeout: 1500 });
  });

  it('stops when it is told to, each watch for itself', async () => {
    const { store, write } = aFile();
    const [left, stayed] = [vi.fn(), vi.fn()];
    const leave = store.watch('default', left);
    onTestFinished(store.watch('default', stayed));
    leave();
    leave();
    write('flags: {}\n');
    await vi.waitFor(() => expect(stayed).toHaveBeenCalled(), PATIENCE);
    expect(left).not.toHaveBeenCalled();
  });
});
