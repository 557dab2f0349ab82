import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileStore } from 'express-gatekeeper/stores/file';
import { describe, expect, it, onTestFinished } from 'vitest';
import { aFolder } from '../a-folder.js';
import { aWriter } from './a-writer.js';

const FILE = '# ours\nflags:\n  # not counted\n  other:   true   # stays\n';

describe('writers of a file that are killed at any instant, fifty of them,', () => {
  it('leave a whole file, each change with its entry or neither, and all that they acknowledged', async () => {
    const path = join(aFolder({ 'flags.yaml': FILE }), 'flags.yaml');
    const store = fileStore(path);
    onTestFinished(() => store.close());
    let revision = await store.apply('default', { flags: { counter: 0, start: 0 } }, { by: 'start' });
    for (let round = 0; round < 10; round += 1) {
      const writers = Array.from({ length: 5 }, (_, index) => aWriter(path, `writer-${round}-${index}`, 1e9));
      await Promise.all(
        writers.map(async ({ process: child, ready, gone }) => {
          await ready;
          await pause(Math.random() * 150);
          child.kill('SIGKILL');
          await gone;
        }),
      );
      const { flags, revision: now } = await store.load('default');
      const [newest] = await store.history('default', { limit: 1 });
      expect(now).toBeGreaterThanOrEqual(revision);
      expect(newest?.changes.map(({ name, after }) => [name, after])).toEqual([
        ['counter', flags['counter']],
        [newest?.by, flags['counter']],
      ]);
      expect(readFileSync(path, 'utf8').startsWith(FILE)).toBe(true);
      for (const { acknowledged } of writers) {
        for (const value of acknowledged) expect(value).toBeLessThanOrEqual(Number(flags['counter']));
      }
      revision = now;
    }
    // Every number was given once: each change was made to what was there.
    const entries = await store.history('default', { limit: 1e6, flag: 'counter' });
    const values = entries.map(({ changes }) => changes[0]?.after).reverse();
    expect(values).toEqual(Array.from({ length: values.length }, (_, index) => index));
    await store.apply('default', { flags: { counter: null } }, { by: 'ann' });
    expect(readdirSync(dirname(path)).sort()).toEqual(['flags.yaml', 'flags.yaml.history.jsonl']);
  }, 90_000);
});
