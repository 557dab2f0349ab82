import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { FlagStore } from 'express-gatekeeper';
import { memoryStore } from 'express-gatekeeper/stores/memory';
import { storeContract } from 'express-gatekeeper/testing';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { withSnapshotFile } from '../../src/stores/index.js';
import { aFolder } from './a-folder.js';
import { aSmallStore } from './a-small-store.js';

const ann = { by: 'ann' };
const down = async () => {
  throw new Error('connection refused');
};

storeContract('a store with a snapshot', () => withSnapshotFile(memoryStore(), join(aFolder(), 'snapshot.json')), {
  describe,
  it,
});

/** A snapshot that an earlier run of the app has left. */
async function aSnapshot(name = 'snapshot.json') {
  const path = join(aFolder(), name);
  const store = withSnapshotFile(memoryStore(), path);
  await store.apply('production', { flags: { a: 1, b: [7] }, segments: { s: [1] } }, ann);
  await store.load('production');
  await store.close();
  return path;
}

function opened(inner: FlagStore, path: string): FlagStore {
  const store = withSnapshotFile(inner, path);
  onTestFinished(() => store.close());
  return store;
}

describe('a snapshot of a store', () => {
  it('serves when the store cannot be loaded at the start, and says why', async () => {
    const path = await aSnapshot();
    const inner = aSmallStore();
    inner.before = down;
    expect(await opened(inner, path).load('production')).toEqual({
      revision: 1,
      flags: { a: 1, b: [7] },
      segments: { s: [1] },
      origin: { name: path },
      stale: 'connection refused',
    });
  });

  it('serves when the store takes its time, and gives way to it', async () => {
    const path = await aSnapshot();
    const inner = aSmallStore();
    let answer = (): void => undefined;
    inner.before = () => new Promise((resolve) => (answer = resolve));
    const store = opened(inner, path);
    expect(await store.load('production')).toMatchObject({ stale: 'memory did not answer within 1000 ms.' });
    inner.before = async () => undefined;
    expect(await store.load('production')).toEqual({ revision: 0, flags: {}, segments: {} });
    answer();
  });

  it('waits for a store of which nothing is known', async () => {
    const inner = aSmallStore();
    inner.before = () => new Promise((resolve) => setTimeout(resolve, 1_200));
    expect((await opened(inner, join(aFolder(), 's.json')).load('production')).stale).toBeUndefined();
  });

  it('serves at once where the store does', async () => {
    const path = await aSnapshot();
    const inner = memoryStore();
    const load = vi.spyOn(inner.sync, 'load').mockImplementationOnce(() => {
      throw new Error('locked');
    });
    const store = opened(inner, path);
    expect(store.sync?.load('production')).toMatchObject({ flags: { a: 1 }, stale: 'locked' });
    expect(store.sync?.load('production').stale).toBeUndefined();
    expect(load).toHaveBeenCalledTimes(2);
  });

  it('is not taken for news once the store was loaded', async () => {
    const inner = aSmallStore();
    const store = opened(inner, await aSnapshot());
    await store.load('production');
    inner.before = down;
    await expect(store.load('production')).rejects.toThrow('connection refused');
  });

  it('is of one environment alone', async () => {
    const inner = aSmallStore();
    inner.before = down;
    await expect(opened(inner, await aSnapshot()).load('staging')).rejects.toThrow('connection refused');
  });

  it('is kept up to date by loads and by what changed, other environments beside it', async () => {
    const path = await aSnapshot();
    const inner = memoryStore();
    const store = withSnapshotFile(inner, path);
    await inner.apply('staging', { flags: { a: 1, b: 1 } }, ann);
    await store.load('staging');
    await inner.apply('staging', { flags: { a: null, c: 2 } }, ann);
    await store.deltas?.since('staging', 1);
    await store.close();
    const { environments } = JSON.parse(readFileSync(path, 'utf8')) as { environments: object };
    expect(environments).toEqual({
      production: { revision: 1, flags: { a: 1, b: [7] }, segments: { s: [1] } },
      staging: { revision: 2, flags: { b: 1, c: 2 }, segments: {} },
    });
    expect(readdirSync(dirname(path))).toEqual(['snapshot.json']);
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  it('is written by itself soon after', async () => {
    const path = join(aFolder(), 'snapshot.json');
    await opened(memoryStore(), path).load('production');
    await vi.waitFor(() => expect(existsSync(path)).toBe(true), 4_000);
  });

  it.each<[string, (path: string) => void]>([
    ['broken', (path) => writeFileSync(path, '{"format":1,')],
    ['something else', (path) => writeFileSync(path, '[]')],
    [
      'of another format',
      (path) => writeFileSync(path, readFileSync(path, 'utf8').replace('"format":1', '"format":2')),
    ],
    ['of another store', (path) => writeFileSync(path, readFileSync(path, 'utf8').replace('"memory"', '"db.test"'))],
    ['without flags', (path) => writeFileSync(path, readFileSync(path, 'utf8').replace('"flags"', '"flag"'))],
  ])('is ignored when it is %s: the store says what is wrong', async (_what, spoil) => {
    const path = await aSnapshot();
    spoil(path);
    const inner = aSmallStore();
    inner.before = down;
    const store = opened(inner, path);
    await expect(store.load('production')).rejects.toThrow('connection refused');
    inner.before = async () => undefined;
    expect((await store.load('production')).revision).toBe(0);
  });

  it('that cannot be written is told once, and keeps nobody from reading', async () => {
    const path = join(aFolder(), 'snapshot.json');
    mkdirSync(path);
    const warned = vi.spyOn(process, 'emitWarning').mockImplementation(() => undefined);
    onTestFinished(() => warned.mockRestore());
    const inner = memoryStore();
    const store = withSnapshotFile(inner, path);
    for (const environment of ['one', 'two']) {
      await store.load(environment);
      await vi.waitFor(() => expect(warned).toHaveBeenCalledTimes(1));
    }
    await store.close();
    expect(warned).toHaveBeenCalledExactlyOnceWith(
      expect.stringContaining(`The last known flags cannot be kept in ${path}: `),
      { code: 'GATEKEEPER_SNAPSHOT' },
    );
    expect(readdirSync(dirname(path))).toEqual(['snapshot.json']);
  });

  it('needs a path', () => {
    expect(() => withSnapshotFile(memoryStore(), '')).toThrow(/^The path of the snapshot is ""/);
  });

  it('can do no more than the store itself', async () => {
    const store = withSnapshotFile(aSmallStore(), await aSnapshot());
    for (const capability of ['sync', 'deltas', 'environments']) expect(store).not.toHaveProperty(capability);
  });
});
