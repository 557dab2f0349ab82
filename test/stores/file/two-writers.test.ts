import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileStore } from 'express-gatekeeper/stores/file';
import { describe, expect, it, onTestFinished } from 'vitest';
import { aFolder } from '../a-folder.js';
import { aWriter } from './a-writer.js';

const FILE = '# ours\nflags:\n  # counted\n  counter: 0 # so far\n  other: true   # stays\n';

describe('two processes that add one to the same flag a hundred times each', () => {
  it('lose nothing', async () => {
    const path = join(aFolder({ 'flags.yaml': FILE }), 'flags.yaml');
    const writers = [aWriter(path, 'one', 100), aWriter(path, 'two', 100)];
    expect(await Promise.all(writers.map(({ gone }) => gone))).toEqual([0, 0]);
    const store = fileStore(path);
    onTestFinished(() => store.close());
    expect((await store.load('default')).flags).toMatchObject({ counter: 200, other: true });
    expect(readFileSync(path, 'utf8')).toContain(FILE.replace('counter: 0', 'counter: 200'));
    const values = writers.flatMap(({ acknowledged }) => acknowledged).sort((one, other) => one - other);
    expect(values).toEqual(Array.from({ length: 200 }, (_, index) => index + 1));
    const entries = await store.history('default', { limit: 1000 });
    expect(entries).toHaveLength(201);
    expect(new Set(entries.map(({ revision }) => revision)).size).toBe(201);
  }, 60_000);
});
