import { redisStore } from 'express-gatekeeper/stores/redis';
import { storeContract } from 'express-gatekeeper/testing';
import { createClient } from 'redis';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { describeWithRedis } from '../../engines/redis.js';

describeWithRedis('on a real Redis', (redis) => {
  const fresh = (): { url: string; prefix: string } => ({ url: redis().url, prefix: redis().freshPrefix() });

  storeContract(
    'the Redis store',
    () => {
      const options = fresh();
      return { store: redisStore(options), again: () => redisStore(options) };
    },
    { describe, it },
  );

  describe('with the client of the app', () => {
    let client: ReturnType<typeof createClient>;
    beforeAll(async () => {
      client = createClient({ url: redis().url });
      await client.connect();
    });
    afterAll(() => client.destroy());

    storeContract(
      'the Redis store',
      () => {
        const options = { client, prefix: redis().freshPrefix() };
        return { store: redisStore(options), again: () => redisStore(options) };
      },
      { describe, it },
    );
  });
});
