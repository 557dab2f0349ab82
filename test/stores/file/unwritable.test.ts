import {
  chmodSync,
  chownSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { fileStore } from 'express-gatekeeper/stores/file';
import { describe, expect, it, onTestFinished } from 'vitest';
import { aFolder } from '../a-folder.js';

const FILE = 'flags:\n  a: 1 # one\n';
const ann = { by: 'ann' };
const change = { flags: { a: 2 } };
const NOBODY = 65_534;

function aFile() {
  const folder = aFolder({ 'flags.yaml': FILE });
  const path = join(folder, 'flags.yaml');
  const store = fileStore(path);
  onTestFinished(() => store.close());
  return { folder, path, store };
}

/** Does something as somebody who may not do everything. */
async function asNobody<Result>(act: () => Promise<Result>): Promise<Result> {
  const { setegid, seteuid } = process;
  if (process.geteuid?.() !== 0 || setegid === undefined || seteuid === undefined) return act();
  try {
    setegid(NOBODY);
    seteuid(NOBODY);
    return await act();
  } finally {
    seteuid(0);
    setegid(0);
  }
}

describe('a change that cannot be written is refused, and nothing is lost:', () => {
  it('a file that may only be read', async () => {
    const { folder, path, store } = aFile();
    chmodSync(folder, 0o777);
    chmodSync(path, 0o444);
    await expect(asNobody(() => store.apply('default', change, ann))).rejects.toMatchObject({
      code: 'READ_ONLY',
      message: expect.stringMatching(/flags\.yaml cannot be written: it is not permitted; .*Nothing was changed/),
    });
    expect(readdirSync(folder)).toEqual(['flags.yaml']);
    expect(readFileSync(path, 'utf8')).toBe(FILE);
  });

  it('a folder that may only be read', async () => {
    const { folder, path, store } = aFile();
    chmodSync(path, 0o666);
    chmodSync(folder, 0o555);
    await expect(asNobody(() => store.apply('default', change, ann))).rejects.toMatchObject({ code: 'READ_ONLY' });
    chmodSync(folder, 0o755);
    expect(readdirSync(folder)).toEqual(['flags.yaml']);
    expect((await store.load('default')).flags).toEqual({ a: 1 });
  });

  it.runIf(existsSync('/dev/full'))('a full disk', async () => {
    const { folder, path, store } = aFile();
    const revision = await store.revision('default');
    symlinkSync('/dev/full', `${path}.history.jsonl`);
    await expect(store.apply('default', change, ann)).rejects.toMatchObject({
      code: 'STORE_FAILED',
      message: expect.stringMatching(/the disk is full; make room and try again .*Nothing was changed/),
    });
    rmSync(`${path}.history.jsonl`);
    expect(readdirSync(folder)).toEqual(['flags.yaml']);
    expect(readFileSync(path, 'utf8')).toBe(FILE);
    expect(await store.revision('default')).toBe(revision);
    await store.apply('default', change, ann);
    expect(readFileSync(path, 'utf8')).toBe(FILE.replace('1', '2'));
  });

  it('a draft that cannot be made', async () => {
    const { path, store } = aFile();
    await store.apply('default', change, ann);
    const journal = readFileSync(`${path}.history.jsonl`, 'utf8');
    mkdirSync(`${path}.tmp`);
    await expect(store.apply('default', { flags: { a: 3 } }, ann)).rejects.toMatchObject({ code: 'STORE_FAILED' });
    expect(readFileSync(`${path}.history.jsonl`, 'utf8')).toBe(journal);
    expect(existsSync(`${path}.lock`)).toBe(false);
    rmSync(`${path}.tmp`, { recursive: true });
    await store.apply('default', { flags: { a: 3 } }, ann);
    expect(await store.history('default', { flag: 'a' })).toHaveLength(3);
  });

  it('a history that a newer version has written', async () => {
    const { path, store } = aFile();
    writeFileSync(`${path}.history.jsonl`, '{"format":2,"revision":1}\n');
    for (const act of [() => store.load('default'), () => store.apply('default', change, ann)]) {
      await expect(act()).rejects.toMatchObject({ code: 'STORE_TOO_NEW' });
    }
    expect(readFileSync(path, 'utf8')).toBe(FILE);
  });
});

describe('an entry whose change was never made', () => {
  it.each(['was', 'draft'])(
    'counts for nothing, and the next writer takes its place: told by what %s',
    async (told) => {
      const { path, store } = aFile();
      const revision = await store.apply('default', change, ann);
      const journal = readFileSync(`${path}.history.jsonl`, 'utf8');
      const last = JSON.parse(journal.trimEnd().split('\n').at(-1) ?? '') as { is: string };
      writeFileSync(`${path}.tmp`, 'flags: { a: 7 }\n');
      const { ino, size, mtimeNs } = statSync(`${path}.tmp`, { bigint: true });
      const never = { ...last, revision: revision + 1, by: 'never', was: last.is, is: `${ino} ${size} ${mtimeNs}` };
      writeFileSync(`${path}.history.jsonl`, `${journal}${JSON.stringify(never)}\n{"half a li`);
      if (told === 'draft') writeFileSync(path, 'flags: { a: 5 }\n');
      else expect(await store.revision('default')).toBe(revision);
      const next = fileStore(path);
      onTestFinished(() => next.close());
      expect((await next.history('default')).map(({ by }) => by)).not.toContain('never');
      await next.apply('default', { flags: { a: 3 } }, { by: 'bob' });
      const entries = await store.history('default');
      expect(entries.map(({ by }) => by).filter((by) => by !== 'edited by hand')).toEqual(['bob', 'ann']);
      expect(entries[0]?.changes).toEqual([{ kind: 'flag', name: 'a', before: told === 'draft' ? 5 : 2, after: 3 }]);
    },
  );
});

describe('a lock', () => {
  const sign = (pid: number, host = hostname()) => JSON.stringify({ pid, host, token: 'x' });

  it.each([
    ['a process that is gone', sign(2 ** 22 + 1), 0],
    ['an earlier process with this id', sign(process.pid), 50],
    ['another machine, a minute ago', sign(1, 'elsewhere'), 61],
    ['one who died before saying who', '', 3],
  ])('of %s is taken over', async (_whose, text, seconds) => {
    const { path, store } = aFile();
    writeFileSync(`${path}.lock`, text);
    const then = Date.now() / 1000 - Math.max(seconds, seconds === 50 ? process.uptime() + 5 : 0);
    utimesSync(`${path}.lock`, then, then);
    await store.apply('default', change, ann);
    expect(existsSync(`${path}.lock`)).toBe(false);
  });

  it('of one who lives is waited for, and then told with what can be done', async () => {
    const { path, store } = aFile();
    writeFileSync(`${path}.lock`, sign(1, 'elsewhere'));
    await expect(store.apply('default', change, ann)).rejects.toThrow(
      /is being written by process 1 on elsewhere for \d+ s\. Nothing was changed\. .* delete .*flags\.yaml\.lock\./,
    );
    expect(readFileSync(path, 'utf8')).toBe(FILE);
    const waiting = store.apply('default', change, ann);
    rmSync(`${path}.lock`);
    await waiting;
  }, 20_000);
});

describe('a file that is written', () => {
  it('stays as readable as it was, and whose it was', async () => {
    const { path, store } = aFile();
    chmodSync(path, 0o640);
    if (process.geteuid?.() === 0) chownSync(path, NOBODY, NOBODY);
    const before = statSync(path);
    await store.apply('default', change, ann);
    for (const each of [path, `${path}.history.jsonl`]) {
      const { mode, uid, gid } = statSync(each);
      expect([mode, uid, gid]).toEqual([before.mode, before.uid, before.gid]);
    }
  });

  it('stays behind the links that lead to it, as mounted configuration does', async () => {
    const folder = aFolder({ 'first/': '', 'second/': '' });
    for (const name of ['first', 'second']) writeFileSync(join(folder, name, 'flags.yaml'), FILE);
    symlinkSync('first', join(folder, 'data'));
    const path = join(folder, 'flags.yaml');
    symlinkSync('data/flags.yaml', path);
    const store = fileStore(path);
    onTestFinished(() => store.close());
    const revision = await store.apply('default', change, ann);
    expect(lstatSync(path).isSymbolicLink()).toBe(true);
    expect(readFileSync(join(folder, 'first/flags.yaml'), 'utf8')).toBe('flags:\n  a: 2 # one\n');
    expect(await fileStore(join(folder, 'first/flags.yaml')).revision()).toBe(revision);
    rmSync(join(folder, 'data'));
    symlinkSync('second', join(folder, 'data'));
    const swapped = await store.load('default');
    expect(swapped.flags).toEqual({ a: 1 });
    expect(swapped.revision).toBeGreaterThan(revision);
  });

  it('is made where a link leads that leads nowhere yet', async () => {
    const folder = aFolder({ 'there/': '' });
    symlinkSync('there/flags.yaml', join(folder, 'flags.yaml'));
    await fileStore(join(folder, 'flags.yaml')).apply('default', change, ann);
    expect(readFileSync(join(folder, 'there/flags.yaml'), 'utf8')).toBe('flags:\n  a: 2\n');
  });
});
