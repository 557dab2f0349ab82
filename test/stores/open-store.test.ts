import { type FlagStore, GatekeeperError } from 'express-gatekeeper';
import { describe, expect, it } from 'vitest';
import { FileStore } from '../../src/stores/file/file-store.js';
import { openStore } from '../../src/stores/open-store.js';
import { workIn } from './a-folder.js';

describe('the URL of a store', () => {
  it.each(['file:flags.yaml', 'file:./flags.yaml', 'file:config/../flags.yaml', 'file://flags.yaml'])(
    'names a file relative to the working directory: %s',
    async (url) => {
      workIn({ 'flags.yaml': 'flags: { dark_mode: true }\n', 'config/': '' });
      const store = openStore(url);
      expect(store).toBeInstanceOf(FileStore);
      expect((await store.load('default')).flags).toEqual({ dark_mode: true });
    },
  );

  it('may name a file by its whole path', async () => {
    const folder = workIn({ 'flags.json': '{ "flags": { "dark_mode": true } }' });
    for (const url of [`file:${folder}/flags.json`, `file://${folder}/flags.json`]) {
      expect((await openStore(url).load('default')).flags).toEqual({ dark_mode: true });
    }
  });

  it('goes on meaning the same file when the working directory changes', async () => {
    workIn({ 'flags.yaml': 'flags: { dark_mode: true }\n' });
    const store: FlagStore = new FileStore('flags.yaml');
    workIn({});
    expect((await store.load('default')).flags).toEqual({ dark_mode: true });
  });

  it.each(['', 'flags.yaml', 'file:', 'ftp://flags', 'File:flags.yaml', 'constructor:x', 'toString:x'])(
    'is refused, with what may be written: %j',
    (url) => {
      expect(() => openStore(url)).toThrow(GatekeeperError);
      expect(() => openStore(url)).toThrow(`${JSON.stringify(url)} names no store; use file:…`);
    },
  );

  it('is not needed for an instance', () => {
    const store = new FileStore('flags.yaml');
    expect(openStore(store)).toBe(store);
  });
});
