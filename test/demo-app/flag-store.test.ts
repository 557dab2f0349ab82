import { readFileSync } from 'node:fs';
import { memoryStore } from 'express-gatekeeper/stores/memory';
import { sqliteStore } from 'express-gatekeeper/stores/sqlite';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { parse } from 'yaml';
import { commandFor, FLAGS_FILE, fillPatiently, fillWhenEmpty } from '../../demo-app/flag-store.js';
import { aFolder } from '../stores/a-folder.js';
import { DistantStore } from './a-filled-store.js';
import { openShop } from './visitor.js';

const { flags, segments } = parse(readFileSync(FLAGS_FILE, 'utf8'));

describe('an empty store', () => {
  it('is filled with flags.yaml in one change, which says who made it and why', async () => {
    const store = memoryStore();
    expect(await fillWhenEmpty(store, 'default')).toBe(true);
    expect(await store.load('default')).toEqual({ revision: 1, flags, segments });
    expect(await store.history('default')).toMatchObject([
      { revision: 1, by: 'marginalia', comment: 'The shop opens for the first time' },
    ]);
  });

  it('is filled once when several shops open at the same time', async () => {
    const path = `${aFolder()}/marginalia.db`;
    const stores = Array.from({ length: 5 }, () => sqliteStore(path));
    onTestFinished(async () => void (await Promise.all(stores.map((store) => store.close()))));
    const filled = await Promise.all(stores.map((store) => fillWhenEmpty(store, 'default')));
    expect(filled.filter(Boolean)).toHaveLength(1);
    expect(await stores[0]?.load('default')).toEqual({ revision: 1, flags, segments });
  });

  it('is filled once it can be reached, and whoever waits is told why they wait', async () => {
    const store = new DistantStore();
    store.fail(new Error('connection refused'));
    const told: string[] = [];
    const filled = fillPatiently(store, new AbortController().signal, (text) => {
      told.push(text);
      store.fail();
    });
    await filled;
    expect(told).toEqual(['The store cannot be filled yet: connection refused']);
    expect((await store.load('default')).revision).toBe(1);
  });

  it('is not waited for when the shop closes', async () => {
    const store = new DistantStore();
    store.fail(new Error('connection refused'));
    const closing = new AbortController();
    await fillPatiently(store, closing.signal, () => closing.abort());
  });
});

describe('a store with something in it', () => {
  it('is left as it is', async () => {
    const store = memoryStore();
    await store.apply('default', { flags: { 'theme/dark': true } }, { by: 'ann' });
    expect(await fillWhenEmpty(store, 'default')).toBe(false);
    expect(await store.load('default')).toEqual({ revision: 1, flags: { 'theme/dark': true }, segments: {} });
  });

  it('is filled for an environment of its own', async () => {
    const store = memoryStore();
    await fillWhenEmpty(store, 'default');
    vi.stubEnv('GATEKEEPER_ENV', 'staging');
    onTestFinished(() => void vi.unstubAllEnvs());
    expect(await fillWhenEmpty(store)).toBe(true);
    await store.apply('staging', { flags: { 'theme/dark': true } }, { by: 'ann' });
    const staging = await openShop('production', { store, environment: 'staging' });
    expect(await staging.visitor().page('/')).toContain('data-theme="dark"');
    const usual = await openShop('production', { store, environment: 'default' });
    expect(await usual.visitor().page('/')).not.toContain('data-theme="dark"');
  });
});

describe('the command that is shown', () => {
  it.each([
    ['sqlite:demo-app/marginalia.db', 'default', 'sqlite:demo-app/marginalia.db'],
    ['sqlite:my shop.db', 'default', "'sqlite:my shop.db'"],
    ['redis://127.0.0.1:6379', 'staging', 'redis://127.0.0.1:6379 --env staging'],
    ['postgres://ann:secret@db/shop', 'default', '"$STORE"'],
    ['postgres://db/shop?password=secret', 'default', '"$STORE"'],
  ])('names the store %s of environment %s, and never a password', (url, environment, shown) => {
    expect(commandFor(url, environment)('list')).toBe(`npx gatekeeper list --store ${shown}`);
  });
});
