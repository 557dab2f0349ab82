import { randomInt } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as later } from 'node:timers/promises';
import { sqliteStore } from 'express-gatekeeper/stores/sqlite';
import { describe, expect, it } from 'vitest';
import { driverHere } from '../../../src/stores/sqlite/driver.js';
import { aFolder } from '../a-folder.js';
import { children } from './children.js';

const KILLS = 100;
const AT_ONCE = 4;

const start = children();

describe('a process that is killed while it writes', () => {
  it('leaves every acknowledged change, each with its audit entry, and a sound database: 100 times', async () => {
    const path = join(aFolder(), 'gatekeeper.db');
    const acknowledged: { name: string; turn: number; revision: number }[] = [];
    const killOne = async (name: string): Promise<void> => {
      const writer = start('writer', [path, name]);
      await writer.line();
      await later(randomInt(30));
      writer.process.kill('SIGKILL');
      expect(await writer.ended).toBe(null);
      for (const line of writer.lines) {
        const [turn, revision] = line.split(' ').map(Number);
        if (turn !== undefined && revision !== undefined) acknowledged.push({ name, turn, revision });
      }
    };
    const names = Array.from({ length: KILLS }, (_, index) => `writer-${index}`);
    await Promise.all(
      Array.from({ length: AT_ONCE }, async () => {
        for (let name = names.pop(); name !== undefined; name = names.pop()) await killOne(name);
      }),
    );

    const database = driverHere().open(path);
    expect(database.prepare('PRAGMA integrity_check').get()).toMatchObject({ integrity_check: 'ok' });
    database.close();
    const store = sqliteStore(path);
    const history = await store.history('default', { limit: 1_000_000 });
    const { revision, flags, segments } = await store.load('default');
    await store.close();

    // Every revision has its entry, and every entry all of its changes.
    expect(history.map((entry) => entry.revision)).toEqual(history.map((_, index) => revision - index));
    expect(history.length).toBe(revision);
    for (const { changes } of history) expect(changes.length).toBe(3);
    for (const { name, turn, revision: told } of acknowledged) {
      expect(history[revision - told]).toMatchObject({ by: name, comment: String(turn) });
    }
    expect(acknowledged.length).toBeGreaterThanOrEqual(KILLS);
    // What is there is what the last entry about it says.
    const last = new Map(
      history.toReversed().flatMap(({ changes }) => changes.map((c) => [`${c.kind} ${c.name}`, c.after])),
    );
    for (const [name, definition] of Object.entries(flags)) expect(last.get(`flag ${name}`)).toEqual(definition);
    for (const [name, definition] of Object.entries(segments)) expect(last.get(`segment ${name}`)).toEqual(definition);
    expect(last.size).toBe(Object.keys(flags).length + Object.keys(segments).length);
  }, 180_000);
});
