import { redisStore } from 'express-gatekeeper/stores/redis';
import { expect, it } from 'vitest';
import { describeWithRedis } from '../../engines/redis.js';
import { recovered, used, watched } from './watched.js';

const by = { by: 'ann' };
const here = 'default';

describeWithRedis(
  'with a Redis that writes to disk before it answers',
  (redis) => {
    it('holds every acknowledged change, each with its audit entry, after the server was killed under load', async () => {
      const store = used(redisStore({ url: redis().url, prefix: redis().freshPrefix() }));
      const told = watched(store);
      await told.again();
      const acknowledged = new Map<number, string>();
      for (let round = 0; round < 5; round += 1) {
        let writing = true;
        const writers = Array.from({ length: 8 }, async (_, writer) => {
          for (let edit = 0; writing; edit += 1) {
            const name = `${round}-${writer}-${edit}`;
            const revision = await store.apply(here, { flags: { [name]: edit } }, by);
            acknowledged.set(revision, name);
          }
        });
        const stopped = Promise.allSettled(writers);
        while (acknowledged.size < (round + 1) * 40) await told.again();
        const before = told.count();
        await redis().kill();
        writing = false;
        await stopped;
        await redis().start();
        await recovered(store);
        while (told.count() === before) await told.again();
      }
      const { flags, revision } = await store.load(here);
      for (const name of acknowledged.values()) expect(flags).toHaveProperty([name]);
      const entries = await store.history(here, { limit: 1_000_000 });
      expect(entries.map((entry) => entry.revision)).toEqual(
        Array.from({ length: revision }, (_, at) => revision - at),
      );
      const written = new Map(entries.map((entry) => [entry.revision, entry.changes.map(({ name }) => name)]));
      for (const [at, name] of acknowledged) expect(written.get(at)).toEqual([name]);
      expect(entries.flatMap(({ changes }) => changes.map(({ name }) => name)).sort()).toEqual(
        Object.keys(flags).sort(),
      );
    });
  },
  { durable: true },
);
