import { redisStore } from 'express-gatekeeper/stores/redis';
import { createClient } from 'redis';
import { expect, it, onTestFinished } from 'vitest';
import { describeWithRedis } from '../../engines/redis.js';
import { used, watched } from './watched.js';

const by = { by: 'ann' };

describeWithRedis('whoever watches', (redis) => {
  const subscribers = async (): Promise<number> => {
    const list = await redis().command('CLIENT', 'LIST', 'TYPE', 'pubsub');
    return String(list).split('\n').filter(Boolean).length;
  };

  it('shares one connection with all others, of any environment, which goes with the last of them', async () => {
    const store = used(redisStore({ url: redis().url, prefix: redis().freshPrefix() }));
    const stops: (() => void)[] = [];
    const told = Array.from({ length: 20 }, (_, at) => {
      return new Promise((resolve) => stops.push(store.watch(`environment ${at % 5}`, resolve)));
    });
    await Promise.all(told);
    expect(await subscribers()).toBe(1);
    for (const stop of stops) stop();
    while ((await subscribers()) > 0) await store.revision('default');

    const again = watched(store, 'environment 1');
    await again.again();
    expect(await subscribers()).toBe(1);
  });

  it('is told of the revision, and of the own environment alone', async () => {
    const store = used(redisStore({ url: redis().url, prefix: redis().freshPrefix() }));
    const [mine, others]: [unknown[], unknown[]] = [[], []];
    await new Promise((resolve) => onTestFinished(store.watch('others', (revision) => resolve(others.push(revision)))));
    await new Promise((resolve) => onTestFinished(store.watch('mine', (revision) => resolve(mine.push(revision)))));
    const before = others.length;
    const told = watched(store, 'mine');
    await told.again();
    for (let edit = 1; edit <= 3; edit += 1) {
      const next = told.again();
      await store.apply('mine', { flags: { a: edit } }, by);
      await next;
    }
    expect(mine.slice(-3)).toEqual([1, 2, 3]);
    expect(others).toHaveLength(before);
  });

  it('may watch before the client of the app is connected, and after it lost its connection', async () => {
    const client = createClient({ url: redis().url });
    const store = used(redisStore({ client, prefix: redis().freshPrefix() }));
    const told = watched(store);
    const connecting = client.connect();
    expect(await Promise.all(Array.from({ length: 20 }, () => store.revision('default')))).toEqual(Array(20).fill(0));
    await connecting;
    onTestFinished(() => client.destroy());
    if (told.count() === 0) await told.again();

    const [lost, away] = [told.again(), new Promise((resolve) => client.once('error', resolve))];
    await redis().kill();
    await Promise.all([lost, away]);
    const back = told.again();
    await redis().start();
    await back;
    expect(await store.apply('default', { flags: { a: 1 } }, by)).toBe(1);
  });
});
