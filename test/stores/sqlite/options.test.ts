import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type SqliteStoreOptions, sqliteStore } from 'express-gatekeeper/stores/sqlite';
import Database from 'libsql';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openStore } from '../../../src/stores/open-store.js';
import { driverHere, driversHere } from '../../../src/stores/sqlite/driver.js';
import { aFolder, workIn } from '../a-folder.js';

const by = { by: 'a test' };

describe('what sqliteStore takes', () => {
  it('is a path relative to the working directory, by itself or in a URL', async () => {
    const folder = workIn({ 'data/': '' });
    for (const make of [() => sqliteStore('data/one.db'), () => openStore('sqlite:data/two.db')]) {
      const store = make();
      expect(await store.apply('default', { flags: { a: true } }, by)).toBe(1);
      expect(existsSync(join(folder, store.name))).toBe(true);
      await store.close();
    }
  });

  it('may be memory', async () => {
    workIn({});
    const store = openStore('sqlite::memory:');
    await store.apply('default', { flags: { a: true } }, by);
    expect({ ...(await store.load('default')).flags }).toEqual({ a: true });
    expect(existsSync(':memory:')).toBe(false);
    await store.close();
  });

  it('may be a connection of the app, which stays open and as it was', async () => {
    const database = driverHere().open(join(aFolder(), 'app.db'));
    onTestFinished(() => void database.close());
    database.exec('CREATE TABLE of_the_app (name TEXT); PRAGMA user_version = 7');
    const store = sqliteStore({ database });
    expect(await store.apply('default', { flags: { a: true } }, by)).toBe(1);
    await store.close();
    expect(database.prepare('SELECT count(*) AS tables FROM of_the_app').get()).toMatchObject({ tables: 0 });
    expect(database.prepare('PRAGMA user_version').get()).toMatchObject({ user_version: 7 });
    expect(database.prepare('PRAGMA journal_mode').get()).toMatchObject({ journal_mode: 'delete' });
  });

  it('may be a connection that is typed by its library', async () => {
    const database = new Database(':memory:');
    onTestFinished(() => void database.close());
    const store = sqliteStore({ database });
    expect(await store.apply('default', { flags: { a: true } }, by)).toBe(1);
    await store.close();
  });

  it('sees what another store on the same connection writes', async () => {
    const database = driverHere().open(':memory:');
    onTestFinished(() => void database.close());
    const [one, other] = [sqliteStore({ database }), sqliteStore({ database })];
    expect(other.sync.revision('default')).toBe(0);
    await one.apply('default', { flags: { a: true } }, by);
    expect(other.sync.revision('default')).toBe(1);
    await Promise.all([one.close(), other.close()]);
  });

  it('refuses to write inside of a transaction of the app, which goes on', async () => {
    const database = driverHere().open(':memory:');
    onTestFinished(() => void database.close());
    const store = sqliteStore({ database });
    await store.load('default');
    database.exec('CREATE TABLE of_the_app (name TEXT); BEGIN; INSERT INTO of_the_app VALUES (1)');
    await expect(store.apply('default', { flags: { a: true } }, by)).rejects.toThrow(/within a transaction/);
    database.exec('COMMIT');
    expect(database.prepare('SELECT count(*) AS rows FROM of_the_app').get()).toMatchObject({ rows: 1 });
    expect(await store.apply('default', { flags: { a: true } }, by)).toBe(1);
    await store.close();
  });

  it('keeps stores with different prefixes apart in one file', async () => {
    const path = join(aFolder(), 'gatekeeper.db');
    const [one, two] = [sqliteStore({ path, prefix: 'one_' }), sqliteStore({ path, prefix: 'two_' })];
    await one.apply('default', { flags: { a: 1 } }, by);
    await two.apply('default', { flags: { b: 2 } }, by);
    expect({ ...(await one.load('default')).flags }).toEqual({ a: 1 });
    expect({ ...(await two.load('default')).flags }).toEqual({ b: 2 });
    await Promise.all([one.close(), two.close()]);
  });

  it.each<[unknown, RegExp]>([
    ['', /path "" cannot be used; give the name of a file/],
    [undefined, /path undefined cannot be used/],
    [{}, /path undefined cannot be used/],
    [{ path: 7 }, /path 7 cannot be used/],
    [{ path: 'a\0b' }, /path "a\\u0000b" cannot be used/],
    [{ path: 'a.db', prefix: 'a"; DROP TABLE users; --' }, /prefix .* cannot be used; give up to 40 letters/],
    [{ path: 'a.db', prefix: '' }, /prefix "" cannot be used/],
    [{ path: 'a.db', prefix: 'SQLITE_' }, /prefix "SQLITE_" cannot be used/],
    [{ database: { execute: null } }, /database .* cannot be used; give an open connection/],
    [{ path: 'a.db', database: noDatabase }, /path and database together cannot be used; give one of them/],
  ])('is looked at when the store is made: %j', (options, message) => {
    expect(() => sqliteStore(options as SqliteStoreOptions)).toThrow(message);
    expect(() => sqliteStore(options as SqliteStoreOptions)).toThrow(
      expect.objectContaining({ code: 'INVALID_OPTION' }),
    );
  });

  it('prefers the SQLite that is part of Node', () => {
    const names = [...driversHere()].map(({ name }) => name);
    const order = ['node:sqlite', 'better-sqlite3', 'libsql'];
    expect(names).toEqual(order.filter((name) => names.includes(name)));
    expect(driverHere().name).toBe(names[0]);
  });
});

function noDatabase(): void {}

describe('a name that SQLite would not give back as it is', () => {
  it.each(['a\0b', '\ud800'])('is refused, and nothing is written: %j', async (name) => {
    const store = sqliteStore(':memory:');
    const change = { flags: { fine: true, [name]: true } };
    await expect(store.apply('default', change, by)).rejects.toThrow(/cannot be kept by SQLite under this name/);
    await expect(store.apply(name, { flags: { a: true } }, by)).rejects.toThrow(/The environment/);
    expect(await store.revision('default')).toBe(0);
    expect(await store.apply('default', { flags: { a: { description: name } } }, { by: `by ${name}` })).toBe(1);
    expect({ ...(await store.load('default')).flags }).toEqual({ a: { description: name } });
    await store.close();
  });
});
