import { redisStore } from 'express-gatekeeper/stores/redis';
import { expect, it } from 'vitest';
import { describeWithRedis, freePort } from '../../engines/redis.js';
import { aProxy } from './a-proxy.js';
import { rejection, used, watched } from './watched.js';

const by = { by: 'ann' };
const here = 'default';

it('rejects within the time that a call may take when nothing listens, with the cause and what helps', async () => {
  const port = await freePort();
  const store = used(redisStore(`redis://127.0.0.1:${port}`));
  watched(store);
  const calls = [
    store.load(here),
    store.revision(here),
    store.history(here),
    store.apply(here, { flags: { a: 1 } }, by),
  ];
  for (const call of calls) {
    expect(await rejection(call)).toMatchObject({
      code: 'STORE_FAILED',
      message: expect.stringContaining('ECONNREFUSED'),
    });
  }
  expect((await rejection(store.load(here))).message).toBe(
    `redis://127.0.0.1:${port} could not be read: connect ECONNREFUSED 127.0.0.1:${port}. ` +
      'Nothing listens there: is Redis running?',
  );
  expect((await rejection(store.apply(here, { flags: { a: 1 } }, by))).message).toContain('nothing was written');
});

it('rejects within that time when whoever listens never says a word', async () => {
  const { url } = await aProxy();
  const store = used(redisStore({ url, timeout: 200 }));
  watched(store);
  const calls = [store.load(here), store.revision(here), store.apply(here, { flags: { a: 1 } }, by)];
  for (const call of calls) {
    expect((await rejection(call)).message).toContain('no answer within 200 ms');
  }
});

describeWithRedis('without any persistence', (redis) => {
  it('notices that a connection went silent, tells, and works again once it can be reached', async () => {
    const { url, freeze, thaw } = await aProxy(redis().port);
    const prefix = redis().freshPrefix();
    const store = used(redisStore({ url, prefix, timeout: 300, pingInterval: 50 }));
    const other = used(redisStore({ url: redis().url, prefix }));
    const told = watched(store);
    await told.again();
    expect(await store.revision(here)).toBe(0);

    const lost = told.again();
    freeze();
    expect((await rejection(store.revision(here))).message).toContain('no answer within 300 ms');
    const unknown = await rejection(store.apply(here, { flags: { a: 1 } }, by));
    expect(unknown).toMatchObject({ code: 'STORE_FAILED' });
    await lost;

    const revision = await other.apply(here, { flags: { b: 1 } }, by);
    const back = told.again();
    thaw();
    await back;
    expect(await store.revision(here)).toBe(revision);
  });

  it('says that the outcome is unknown when the connection went silent during a change', async () => {
    const { url, freeze } = await aProxy(redis().port);
    const store = used(redisStore({ url, prefix: redis().freshPrefix(), timeout: 300 }));
    await store.load(here);
    freeze();
    const { message } = await rejection(store.apply(here, { flags: { a: 1 } }, by));
    expect(message).toContain(
      'was lost during the change; whether it was written, its history tells: no answer within',
    );
  });

  it('tells again, with the changes made meanwhile, after somebody ended its subscription', async () => {
    const store = used(redisStore({ url: redis().url, prefix: redis().freshPrefix() }));
    const told = watched(store);
    await told.again();
    for (let round = 1; round <= 3; round += 1) {
      const before = told.count();
      while ((await redis().command('CLIENT', 'KILL', 'TYPE', 'pubsub')) === 0);
      await store.apply(here, { flags: { a: round } }, by);
      // Of the loss, and of the connection that is there again.
      while (told.count() < before + 2) await told.again();
      expect(await store.revision(here)).toBe(round);
    }
  });

  it('goes on after its commands lost their connection', async () => {
    const store = used(redisStore({ url: redis().url, prefix: redis().freshPrefix() }));
    expect(await store.apply(here, { flags: { a: 1 } }, by)).toBe(1);
    await redis().command('CLIENT', 'KILL', 'TYPE', 'normal');
    const attempts = [store.revision(here).catch(() => 1), store.revision(here).catch(() => 1)];
    await Promise.all(attempts);
    expect(await store.revision(here)).toBe(1);
  });

  it('reports revision 0 once the server lost its data, and refuses a change of what was looked at before', async () => {
    const store = used(redisStore({ url: redis().url, prefix: redis().freshPrefix() }));
    const told = watched(store);
    await told.again();
    await store.apply(here, { flags: { a: 1 } }, by);
    const seen = await store.apply(here, { flags: { a: 2 } }, by);
    const lost = told.again();
    await redis().kill();
    await lost;
    const back = told.again();
    await redis().start();
    await back;

    expect(await store.revision(here)).toBe(0);
    expect(await store.environments.list()).toEqual([]);
    expect(await store.deltas.since(here, seen)).toBeUndefined();
    const error = await rejection(store.apply(here, { flags: { a: 3 } }, { ...by, expectedRevision: seen }));
    expect(error).toMatchObject({ code: 'CONFLICT', revision: 0, current: { flags: { a: null } } });
    expect(await store.apply(here, { flags: { a: 3 } }, by)).toBe(1);
    expect(await store.environments.list()).toEqual([here]);
  });
});
