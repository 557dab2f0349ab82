import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileStore } from 'express-gatekeeper/stores/file';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { aFolder } from '../a-folder.js';

const PATIENCE = { timeout: 4000, interval: 20 };

function aFile(content = 'flags: { dark_mode: true }\n') {
  const path = join(aFolder({ 'flags.yaml': content }), 'flags.yaml');
  const store = fileStore(path);
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

  it('refuses what cannot be read as a whole', async () => {
    const { store, path, write } = aFile();
    write('flags: [');
    await expect(store.load('default')).rejects.toThrow(/flags\.yaml cannot be parsed/);
    rmSync(path);
    await expect(store.load('default')).rejects.toThrow(/Cannot read the flags in .*ENOENT/);
  });
});

describe('the options of a file store', () => {
  it.each<[unknown[], RegExp]>([
    [[''], /^The path of a file store is ""; give a file's name\.$/],
    [[7], /is 7;/],
    [['flags.yaml', { readonly: true }], /^A file store has no option "readonly"; it has readOnly and create\.$/],
    [['flags.yaml', { readOnly: 'yes' }], /^readOnly is "yes"; write true or false\.$/],
  ])('are refused when they cannot be used: %j', (args, message) => {
    expect(() => Reflect.apply(fileStore, undefined, args)).toThrow(message);
  });

  it('may ask for a store that never writes', async () => {
    const { path } = aFile();
    const store = fileStore(path, { readOnly: true });
    expect((await store.load('default')).flags).toEqual({ dark_mode: true });
    await expect(store.apply('default', { flags: { a: 1 } }, { by: 'ann' })).rejects.toMatchObject({
      code: 'READ_ONLY',
      message: expect.stringContaining('leave that out'),
    });
    await expect(fileStore(`${path}.new`, { readOnly: true }).load('default')).rejects.toThrow(/ENOENT/);
  });

  it('do not make a new file in a folder that is not there: it is misspelt', async () => {
    const store = fileStore(join(aFolder(), 'confg', 'flags.yaml'));
    await expect(store.load('default')).rejects.toThrow(/Cannot read the flags in .*ENOENT/);
    await expect(store.apply('default', { flags: { a: 1 } }, { by: 'ann' })).rejects.toThrow(/its folder is not there/);
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
