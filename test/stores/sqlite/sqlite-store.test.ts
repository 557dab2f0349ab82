import { join } from 'node:path';
import { sqliteStore } from 'express-gatekeeper/stores/sqlite';
import { describe, expect, it } from 'vitest';
import { driverHere } from '../../../src/stores/sqlite/driver.js';
import { aFolder } from '../a-folder.js';
import { children } from './children.js';
import { storeAt } from './store-at.js';

const by = { by: 'a test' };
const start = children();

describe('a store that is open', { timeout: 60_000 }, () => {
  it('waits for a process that has locked the whole file', async () => {
    const path = join(aFolder(), 'gatekeeper.db');
    const other = driverHere().open(path);
    other.exec('PRAGMA locking_mode = EXCLUSIVE; CREATE TABLE locked (a); BEGIN EXCLUSIVE');
    const store = storeAt(path);
    const content = store.load('default');
    expect(() => store.sync.load('default')).toThrow(/database is locked\. Another process has been writing for long/);
    other.exec('ROLLBACK');
    other.close();
    expect((await content).revision).toBe(0);
  });

  it('waits for a process that is writing, and this process goes on meanwhile', async () => {
    const path = join(aFolder(), 'gatekeeper.db');
    const store = storeAt(path);
    await store.load('default');
    const other = driverHere().open(path);
    other.exec('BEGIN IMMEDIATE');
    const made = store.apply('default', { flags: { a: true } }, by);
    let turns = 0;
    await new Promise<void>((done) => {
      const timer = setInterval(() => {
        turns += 1;
        if (turns < 5) return;
        clearInterval(timer);
        done();
      });
    });
    other.exec('ROLLBACK');
    other.close();
    expect(await made).toBe(1);
  });

  it('lets others have their turn while many changes are made one after another', async () => {
    const store = storeAt(join(aFolder(), 'gatekeeper.db'));
    let turns = 0;
    let over = false;
    const take = (): void => {
      turns += 1;
      if (!over) setImmediate(take);
    };
    setImmediate(take);
    for (let change = 0; change < 20; change += 1) await store.apply('default', { flags: { a: change } }, by);
    over = true;
    expect(turns).toBeGreaterThan(1);
  });

  it('makes the changes that were asked for before it was closed', async () => {
    const path = join(aFolder(), 'gatekeeper.db');
    const store = sqliteStore(path);
    const changes = [1, 2, 3].map((value) => store.apply('default', { flags: { a: value } }, by));
    await store.close();
    expect(await Promise.all(changes)).toEqual([1, 2, 3]);
    expect({ ...(await storeAt(path).load('default')).flags }).toEqual({ a: 3 });
  });

  it('names a record that is no JSON any more', async () => {
    const path = join(aFolder(), 'gatekeeper.db');
    const store = storeAt(path);
    await store.apply('default', { flags: { a: true } }, by);
    const other = driverHere().open(path);
    other.exec("UPDATE gatekeeper_records SET definition = 'tru'");
    other.close();
    await expect(store.load('default')).rejects.toThrow(`The flag "a" in the database is not JSON: "tru"`);
  });

  it('keeps nobody from leaving: watched and not closed, the process ends by itself', async () => {
    const watcher = start('watcher', [join(aFolder(), 'gatekeeper.db')]);
    expect(await watcher.ended).toBe(0);
    expect(watcher.lines).toEqual(['watching']);
  });
});
