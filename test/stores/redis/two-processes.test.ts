import { redisStore } from 'express-gatekeeper/stores/redis';
import { expect, it } from 'vitest';
import { describeWithRedis } from '../../engines/redis.js';
import { runScript } from './run-script.js';
import { used } from './watched.js';

describeWithRedis('two processes', (redis) => {
  it('lose none of 200 edits each, twenty at a time, that they make of one flag', async () => {
    const settings = { url: redis().url, prefix: redis().freshPrefix() };
    const edit = `
      const store = redisStore(settings);
      let refused = 0;
      await Promise.all(Array.from({ length: 20 }, async () => {
        let { revision, flags } = await store.load('default');
        for (let edits = 0; edits < 10; ) {
          const change = { flags: { counter: (flags.counter ?? 0) + 1 } };
          try {
            revision = await store.apply('default', change, { by: 'process ' + process.pid, expectedRevision: revision });
            flags = change.flags;
            edits += 1;
          } catch (error) {
            if (error.code !== 'CONFLICT') throw error;
            refused += 1;
            ({ revision, current: { flags } } = error);
          }
        }
      }));
      await store.close();
      console.log('refused', refused);
    `;
    const ended = await Promise.all([runScript(edit, settings), runScript(edit, settings)]);
    for (const { code, said } of ended)
      expect({ code, said }).toEqual({ code: 0, said: expect.stringMatching(/^refused \d+\n$/) });
    const store = used(redisStore(settings));
    const { flags, revision } = await store.load('default');
    expect(revision).toBe(400);
    expect(flags['counter']).toBe(400);
    expect(await store.history('default', { flag: 'counter', limit: 500 })).toHaveLength(400);
  }, 20_000);
});
