import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { aFolder } from '../stores/a-folder.js';
import { aProxy } from '../stores/redis/a-proxy.js';
import type { StoreSettings } from './children/store-of.js';
import { processes } from './processes.js';
import { describeOnServers, through } from './servers.js';

const start = processes();

/** Runs an app to its end, which nobody but itself brings about. */
async function ended(store: StoreSettings, closing: 'after the answer' | 'before it'): Promise<void> {
  const app = start(import.meta.resolve('./children/one-visit.ts'), { store, closing });
  expect({ code: await app.ended, lines: app.lines }).toEqual({ code: 0, lines: ['answered 200'] });
}

describe('a process that has closed everything ends by itself, on SQLite', () => {
  it('when all was well', async () => {
    await ended({ kind: 'sqlite', path: join(aFolder(), 'gatekeeper.db') }, 'after the answer');
  }, 20_000);
});

describeOnServers('a process that has closed everything ends by itself', (server) => {
  it('when all was well, and when it closed in the middle of the first load', async () => {
    const { url, freeze } = await aProxy(server().port);
    freeze();
    const silent = through(server().fresh(), new URL(url).port);
    await Promise.all([
      ended(server().fresh(), 'after the answer'),
      ended(server().fresh(), 'before it'),
      ended(silent, 'before it'),
      ended(silent, 'after the answer'),
    ]);
  }, 20_000);

  it('when its store is down', async () => {
    const settings = server().fresh();
    await server().kill();
    await Promise.all([ended(settings, 'after the answer'), ended(settings, 'before it')]);
    await server().start();
  }, 20_000);
});
