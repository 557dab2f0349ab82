import { memoryStore } from 'express-gatekeeper/stores/memory';
import { describe, expect, it, vi } from 'vitest';
import { readOnly } from '../../src/stores/index.js';
import { aSmallStore } from './a-small-store.js';

const ann = { by: 'ann' };

describe('a store that is wrapped to be read only', () => {
  it('refuses changes, with the fix', async () => {
    const inner = memoryStore();
    await expect(readOnly(inner).apply('default', { flags: { a: 1 } }, ann)).rejects.toMatchObject({
      code: 'READ_ONLY',
      message: 'memory can only be read from here; change flags where it was opened without readOnly().',
    });
    expect(await inner.revision('default')).toBe(0);
  });

  it('is read, watched and looked into like the store itself', async () => {
    const inner = memoryStore();
    const store = readOnly(inner);
    const told = vi.fn();
    const stop = store.watch('default', told);
    await inner.apply('default', { flags: { a: 1 } }, ann);
    expect(told).toHaveBeenCalledWith(1);
    stop();
    expect(store.name).toBe('memory');
    expect(await store.load('default')).toEqual(await inner.load('default'));
    expect(await store.revision('default')).toBe(1);
    expect(await store.history('default', { limit: 1 })).toHaveLength(1);
    expect(store.sync?.revision('default')).toBe(1);
    expect((await store.deltas?.since('default', 0))?.revision).toBe(1);
    expect(await store.environments?.list()).toEqual(['default']);
    await store.close();
    await expect(inner.load('default')).rejects.toThrow('closed');
  });

  it('can do no more than the store itself', () => {
    const store = readOnly(aSmallStore());
    for (const capability of ['sync', 'deltas', 'environments']) expect(store).not.toHaveProperty(capability);
  });
});
