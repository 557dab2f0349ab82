import { readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileStore } from 'express-gatekeeper/stores/file';
import { describe, expect, it, onTestFinished } from 'vitest';
import { aFolder } from '../a-folder.js';

const ann = { by: 'ann' };

function aFile(text?: string) {
  const path = join(aFolder(text === undefined ? {} : { 'flags.yaml': text }), 'flags.yaml');
  const open = () => {
    const store = fileStore(path);
    onTestFinished(() => store.close());
    return store;
  };
  return {
    path,
    open,
    /** As an editor does, at a time of its own. */
    async edit(content: string) {
      // The system counts the times of files in steps.
      await new Promise((resolve) => setTimeout(resolve, 10));
      writeFileSync(path, content);
    },
  };
}

describe('the revision of a file', () => {
  it('is 0 while it is not there, and 1 once the first change has made it', async () => {
    const { open } = aFile();
    expect(await open().revision('default')).toBe(0);
    expect(await open().apply('default', { flags: { a: 1 } }, ann)).toBe(1);
    expect([await open().revision('default'), (await open().load('default')).revision]).toEqual([1, 1]);
  });

  it('grows with each edit by hand, also back to what it was, and is the same for whoever looks', async () => {
    const { open, edit } = aFile('flags: { a: 1 }\n');
    const watching = open();
    const seen = [await watching.revision('default')];
    for (const content of ['flags: { a: 2 }\n', 'flags: { a: 3 }\n', 'flags: { a: 1 }\n']) {
      await edit(content);
      const fresh = open();
      seen.push(await fresh.revision('default'));
      expect((await fresh.load('default')).revision).toBe(seen.at(-1));
      expect(watching.sync.revision()).toBe(seen.at(-1));
      expect(watching.sync.load().revision).toBe(seen.at(-1));
    }
    expect(seen).toEqual([...new Set(seen)].sort((one, other) => one - other));
  });

  it('grows when a change is taken back by restoring the old text', async () => {
    const { path, open, edit } = aFile('flags: { a: 1 }\n');
    const store = open();
    const before = readFileSync(path, 'utf8');
    const written = await store.apply('default', { flags: { a: 2 } }, ann);
    await edit(before);
    const { revision, flags } = await open().load('default');
    expect(revision).toBeGreaterThan(written);
    expect(flags).toEqual({ a: 1 });
    expect(await store.revision('default')).toBe(revision);
    expect((await open().history('default'))[0]?.by).toBe('ann');
  });

  it('grows for whoever has seen the file, though clocks were set back', async () => {
    const { path, open } = aFile('flags: { a: 1 }\n');
    const store = open();
    const future = await store.apply('default', { flags: { a: 2 } }, { ...ann, at: Date.now() + 3_600_000 });
    writeFileSync(path, 'flags: { a: 3 }\n');
    utimesSync(path, 1, 1);
    const { revision } = await store.load('default');
    expect(revision).toBeGreaterThan(future);
    expect(await store.apply('default', { flags: { a: 4 } }, { ...ann, expectedRevision: revision })).toBeGreaterThan(
      revision,
    );
  });
});

describe('an edit by hand', () => {
  it('is noted by the next writer, with what it changed', async () => {
    const { open, edit } = aFile();
    const store = open();
    await store.apply('default', { flags: { a: 1, b: 1, c: 1 }, segments: { s: [1] } }, ann);
    await edit('flags: { a: 1, b: 2, d: 1 }\n');
    const { revision } = await store.load('default');
    await store.apply('default', { flags: { e: 1 } }, { by: 'bob' });
    const [newest, byHand, oldest] = await open().history('default');
    expect([newest?.by, oldest?.by]).toEqual(['bob', 'ann']);
    expect(byHand).toMatchObject({ by: 'edited by hand', revision, comment: '' });
    expect(byHand?.changes).toEqual([
      { kind: 'flag', name: 'b', before: 1, after: 2 },
      { kind: 'flag', name: 'd', before: null, after: 1 },
      { kind: 'flag', name: 'c', before: 1, after: null },
      { kind: 'segment', name: 's', before: [1], after: null },
    ]);
  });

  it('is noted as the beginning of a file that people wrote', async () => {
    const { open } = aFile('flags: { a: 1 }\n');
    const store = open();
    expect(await store.history('default')).toEqual([]);
    await store.apply('default', { flags: { a: 2 } }, ann);
    expect((await store.history('default', { flag: 'a' })).map(({ by, changes }) => [by, changes[0]?.after])).toEqual([
      ['ann', 2],
      ['edited by hand', 1],
    ]);
  });

  it('is not overwritten by who has not seen it; other flags pass', async () => {
    const { open, edit } = aFile();
    const store = open();
    const seen = await store.apply('default', { flags: { a: 1, b: 1 } }, ann);
    await edit('flags: { a: 2, b: 1 }\n');
    const stale = { ...ann, expectedRevision: seen };
    await expect(store.apply('default', { flags: { a: 3 } }, stale)).rejects.toMatchObject({
      code: 'CONFLICT',
      current: { flags: { a: 2 } },
    });
    await store.apply('default', { flags: { b: 2 } }, stale);
    expect((await store.load('default')).flags).toEqual({ a: 2, b: 2 });
    await expect(store.apply('default', { flags: { a: 3 } }, stale)).rejects.toMatchObject({ code: 'CONFLICT' });
  });

  it('that changed nothing is no entry', async () => {
    const { path, open, edit } = aFile();
    await open().apply('default', { flags: { a: 1 } }, ann);
    await edit(readFileSync(path, 'utf8'));
    await open().apply('default', { flags: { a: 2 } }, ann);
    expect(await open().history('default')).toHaveLength(2);
  });

  it('that leaves nothing is refused, and nobody begins anew over it', async () => {
    const { path, open, edit } = aFile();
    const store = open();
    await store.apply('default', { flags: { a: 1 } }, ann);
    await edit('');
    for (const each of [store, open()]) {
      await expect(each.load('default')).rejects.toThrow(/flags\.yaml is empty; write `flags: \{\}`/);
      await expect(each.apply('default', { flags: { b: 1 } }, ann)).rejects.toThrow(/is empty/);
    }
    rmSync(path);
    for (const each of [store, open()]) {
      await expect(each.load('default')).rejects.toThrow(/ENOENT/);
      await expect(each.apply('default', { flags: { b: 1 } }, ann)).rejects.toThrow(/ENOENT/);
    }
    await edit('flags: { a: 2 }\n');
    await store.apply('default', { flags: { b: 1 } }, ann);
    expect((await open().load('default')).flags).toEqual({ a: 2, b: 1 });
  });
});
