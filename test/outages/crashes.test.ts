import { randomInt } from 'node:crypto';
import { setTimeout as later } from 'node:timers/promises';
import { expect, it, onTestFinished } from 'vitest';
import { storeOf } from './children/store-of.js';
import { processes } from './processes.js';
import { describeOnServers } from './servers.js';

const KILLS = 30;
const AT_ONCE = 3;

const start = processes();

describeOnServers('apps that are killed while they write', (server) => {
  it(`leave every acknowledged change, each with its entry in the log: ${KILLS} times`, async () => {
    const store = server().fresh();
    const acknowledged: { readonly name: string; readonly turn: number; readonly revision: number }[] = [];
    const killOne = async (name: string): Promise<void> => {
      const app = start(import.meta.resolve('./children/writer.ts'), { store, name });
      await app.line();
      await later(randomInt(20));
      await app.kill();
      for (const line of app.lines) {
        const [turn, revision] = line.split(' ').map(Number);
        if (turn !== undefined && revision !== undefined) acknowledged.push({ name, turn, revision });
      }
    };
    const names = Array.from({ length: KILLS }, (_, index) => `writer-${index}`);
    const lane = async (): Promise<void> => {
      for (let name = names.pop(); name !== undefined; name = names.pop()) await killOne(name);
    };
    await Promise.all(Array.from({ length: AT_ONCE }, lane));

    const reader = storeOf(store);
    onTestFinished(() => reader.close());
    const { revision, flags } = await reader.load('default');
    const entries = await reader.history('default', { limit: 1_000_000 });
    // Every revision has its entry, whole.
    expect(entries.map((entry) => entry.revision)).toEqual(entries.map((_, index) => revision - index));
    expect(entries.length).toBe(revision);
    expect(acknowledged.length).toBeGreaterThanOrEqual(KILLS);
    for (const { name, turn, revision: told } of acknowledged) {
      const after = { description: `${name} ${turn}` };
      expect(entries[revision - told]).toMatchObject({ by: name, comment: String(turn), changes: [{ after }] });
    }
    // Every flag is as its last entry says, and no flag is without one.
    const last = new Map(
      entries.toReversed().flatMap(({ changes }) => changes.map(({ name, after }) => [name, after])),
    );
    expect(Object.fromEntries(last)).toEqual(flags);
  }, 60_000);
});
