import { chmodSync, copyFileSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { sqliteStore } from 'express-gatekeeper/stores/sqlite';
import { describe, expect, it, onTestFinished } from 'vitest';
import { driverHere } from '../../../src/stores/sqlite/driver.js';
import { aFolder } from '../a-folder.js';
import { children } from './children.js';
import { storeAt } from './store-at.js';

const by = { by: 'a test' };
const start = children();

/** A database with these flags, as a file of its own. */
async function databaseWith(path: string, flags: Readonly<Record<string, boolean>>): Promise<void> {
  const store = sqliteStore(path);
  await store.apply('default', { flags }, by);
  await store.close();
  const database = driverHere().open(path);
  database.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get();
  database.close();
}

/** Everything of a database; SQLite keeps it in up to three files. */
function move(from: string, to: string): void {
  for (const suffix of ['', '-wal', '-shm']) if (existsSync(from + suffix)) renameSync(from + suffix, to + suffix);
}

describe('a database that cannot be opened', () => {
  it('is told by its folder when that is missing, and used once it is there', async () => {
    const folder = join(aFolder(), 'data');
    const store = storeAt(join(folder, 'gatekeeper.db'));
    await expect(store.load('default')).rejects.toThrow(`there is no folder ${folder}; create it.`);
    expect(() => store.sync.load('default')).toThrow(expect.objectContaining({ code: 'STORE_FAILED' }));
    mkdirSync(folder);
    expect(await store.apply('default', { flags: { a: true } }, by)).toBe(1);
  });

  it('is left as it is when it is another kind of file', async () => {
    const text = 'Dear diary, this is no database. '.repeat(100);
    const path = join(aFolder({ 'diary.txt': text }), 'diary.txt');
    const store = storeAt(path);
    for (const tried of [store.load('default'), store.apply('default', { flags: { a: true } }, by)]) {
      await expect(tried).rejects.toThrow(/file is not a database\. Name another file, or move this one away\./);
    }
    expect(readFileSync(path, 'utf8')).toBe(text);
  });

  it('is told when it is a folder', async () => {
    await expect(storeAt(aFolder()).load('default')).rejects.toThrow('cannot be opened: it is a folder; name a file.');
  });

  it('is left alone when its tables are newer than this code', async () => {
    const path = join(aFolder(), 'gatekeeper.db');
    const running = storeAt(path);
    await running.apply('default', { flags: { a: true } }, by);
    const newer = driverHere().open(path);
    newer.exec('UPDATE gatekeeper_schema SET version = 99');
    newer.close();
    const starting = storeAt(path);
    const refusal = { code: 'STORE_TOO_NEW', message: expect.stringContaining('have version 99') };
    await expect(starting.load('default')).rejects.toMatchObject(refusal);
    await expect(running.apply('default', { flags: { a: false } }, by)).rejects.toMatchObject(refusal);
    expect(await running.revision('default')).toBe(1);
  });
});

describe('a database file that changes under an open store', () => {
  it('is missed when it is gone, not made anew, and used again once it is back', async () => {
    const path = join(aFolder(), 'gatekeeper.db');
    const store = storeAt(path);
    await store.apply('default', { flags: { a: true } }, by);
    const told: unknown[] = [];
    store.watch('default', (revision) => told.push(revision));
    move(path, `${path}.away`);
    await expect(store.apply('default', { flags: { a: false } }, by)).rejects.toThrow(/was there and is gone/);
    await expect.poll(() => told).toEqual([undefined]);
    expect(() => store.sync.revision('default')).toThrow(/was there and is gone/);
    expect(existsSync(path)).toBe(false);
    move(`${path}.away`, path);
    await expect.poll(() => told).toEqual([undefined, 1]);
    expect(await store.apply('default', { flags: { a: false } }, by)).toBe(2);
  });

  it('is opened anew when another one is in its place, and whoever watches is told, at the same revision too', async () => {
    const folder = aFolder();
    const path = join(folder, 'gatekeeper.db');
    await databaseWith(join(folder, 'other.db'), { other: true });
    const store = storeAt(path);
    await store.apply('default', { flags: { a: true } }, by);
    const told: unknown[] = [];
    store.watch('default', (revision) => told.push(revision));
    move(path, join(folder, 'old.db'));
    copyFileSync(join(folder, 'other.db'), path);
    await expect.poll(() => told.at(-1)).toBe(1);
    expect({ ...(await store.load('default')).flags }).toEqual({ other: true });
    expect(await store.apply('default', { flags: { b: true } }, by)).toBe(2);
  });

  it('is not mixed with what was left over of the one before', async () => {
    const folder = aFolder();
    const path = join(folder, 'gatekeeper.db');
    await databaseWith(join(folder, 'other.db'), { other: true });
    const store = storeAt(path);
    await store.apply('default', { flags: { a: true } }, by);
    renameSync(join(folder, 'other.db'), path);
    await expect(store.apply('default', { flags: { b: true } }, by)).rejects.toThrow(
      /-wal is still that of the one before/,
    );
    for (const suffix of ['-wal', '-shm']) rmSync(path + suffix);
    expect(await store.apply('default', { flags: { b: true } }, by)).toBe(2);
    expect({ ...(await store.load('default')).flags }).toEqual({ b: true, other: true });
  });
});

describe('a disk that takes no more', () => {
  it('fails a change as a whole, keeps what was there, and takes changes again when there is room', async () => {
    const database = driverHere().open(join(aFolder(), 'gatekeeper.db'));
    onTestFinished(() => void database.close());
    const store = sqliteStore({ database });
    await store.apply('default', { flags: { a: true } }, by);
    const { page_count: pages } = database.prepare('PRAGMA page_count').get() as { page_count: number };
    database.exec(`PRAGMA max_page_count = ${pages + 5}`);
    const flags = Object.fromEntries(
      Array.from({ length: 100 }, (_, n) => [`b${n}`, { description: 'x'.repeat(1_000) }]),
    );
    await expect(store.apply('default', { flags: { a: false, ...flags } }, by)).rejects.toMatchObject({
      code: 'STORE_FAILED',
      message: expect.stringMatching(/database or disk is full\. Make room on the disk\./),
    });
    expect({ ...(await store.load('default')).flags }).toEqual({ a: true });
    expect((await store.history('default')).length).toBe(1);
    database.exec('PRAGMA max_page_count = 1000000');
    expect(await store.apply('default', { flags }, by)).toBe(2);
    expect(database.prepare('PRAGMA integrity_check').get()).toMatchObject({ integrity_check: 'ok' });
    await store.close();
  });
});

describe('a database that may only be read', { timeout: 60_000 }, () => {
  it.each([
    ['file', 0o444, 0o777],
    ['file and folder', 0o444, 0o555],
  ])('is read, and a change is refused with the reason: its %s', async (_, fileMode, folderMode) => {
    const folder = aFolder();
    const path = join(folder, 'gatekeeper.db');
    const writer = storeAt(path);
    await writer.apply('default', { flags: { a: true } }, by);
    for (const suffix of ['', '-wal', '-shm']) chmodSync(path + suffix, fileMode);
    chmodSync(folder, folderMode);
    onTestFinished(() => chmodSync(folder, 0o777));
    const reader = start('reader', [path]);
    expect(await reader.ended).toBe(0);
    expect(reader.lines[0]).toBe('{"a":true}');
    expect(reader.lines[1]).toMatch(
      /cannot be written: .*readonly database\. This process needs permission to write the file/,
    );
    expect({ ...(await writer.load('default')).flags }).toEqual({ a: true });
  });
});
