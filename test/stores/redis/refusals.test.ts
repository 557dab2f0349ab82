import { inspect } from 'node:util';
import type { FlagStore } from 'express-gatekeeper';
import { redisStore } from 'express-gatekeeper/stores/redis';
import { createClient } from 'redis';
import { expect, it, onTestFinished } from 'vitest';
import { describeWithRedis } from '../../engines/redis.js';
import { rejection, used } from './watched.js';

const by = { by: 'ann' };
const here = 'default';

describeWithRedis('a server that says no', (redis) => {
  const open = (prefix = redis().freshPrefix()): FlagStore => used(redisStore({ url: redis().url, prefix }));

  async function configured(name: string, value: string, until: string): Promise<void> {
    await redis().command('CONFIG', 'SET', name, value);
    onTestFinished(async () => void (await redis().command('CONFIG', 'SET', name, until)));
  }

  /** A user of the server with these rights, and a URL that names it. */
  async function aUser(...rights: string[]): Promise<string> {
    await redis().command('ACL', 'SETUSER', 'app', 'reset', 'on', '>a secret', ...rights);
    onTestFinished(async () => void (await redis().command('ACL', 'DELUSER', 'app')));
    return redis().url.replace('//', '//app:a%20secret@');
  }

  it('is understood when it has forgotten the scripts', async () => {
    const store = open();
    expect(await store.apply(here, { flags: { a: 1 } }, by)).toBe(1);
    await redis().command('SCRIPT', 'FLUSH');
    expect((await store.load(here)).flags).toEqual({ a: 1 });
    await redis().command('SCRIPT', 'FLUSH');
    const edits = Array.from({ length: 20 }, (_, edit) => store.apply(here, { flags: { a: edit } }, by));
    const flush = redis().command('SCRIPT', 'FLUSH');
    expect(await Promise.all(edits)).toHaveLength(20);
    await flush;
    expect(await store.revision(here)).toBe(21);
  });

  it('to a wrong password is told without the password', async () => {
    await aUser('~*', '&*', '+@all');
    const store = used(redisStore(redis().url.replace('//', '//app:hunter%402@')));
    for (const call of [store.load(here), store.apply(here, { flags: { a: 1 } }, by)]) {
      const error = await rejection(call);
      expect(error.message).toContain('WRONGPASS');
      expect(error.message).toContain('Look at the user name and the password in the URL.');
      expect(inspect(error, { depth: 9 })).not.toMatch(/hunter|a secret/);
    }
    expect(store.name).toBe(redis().url);
  });

  it('for want of a password says how to give it', async () => {
    // Connections that are there stay: this one takes the password away again.
    const admin = await createClient({ url: redis().url }).connect();
    onTestFinished(async () => {
      await admin.configSet('requirepass', '');
      admin.destroy();
    });
    await admin.configSet('requirepass', 'hunter2');
    const error = await rejection(open().load(here));
    const store = used(redisStore({ url: redis().url.replace('//', '//:hunter2@'), prefix: redis().freshPrefix() }));
    expect(error.message).toContain('NOAUTH');
    expect(await store.apply(here, { flags: { a: 1 } }, by)).toBe(1);
  });

  it('because it is full loses nothing, and takes changes again once there is room', async () => {
    const store = open();
    await store.apply(here, { flags: { a: 1, b: 1 } }, by);
    await configured('maxmemory-policy', 'noeviction', 'noeviction');
    await configured('maxmemory', '1', '0');
    const error = await rejection(store.apply(here, { flags: { a: 2, b: null, c: 2 } }, by));
    expect(error).toMatchObject({ code: 'STORE_FAILED', message: expect.stringContaining('nothing was written: OOM') });
    expect(error.message).toContain('raise its maxmemory');
    expect({ ...(await store.load(here)).flags }).toEqual({ a: 1, b: 1 });
    await redis().command('CONFIG', 'SET', 'maxmemory', '0');
    expect(await store.apply(here, { flags: { a: 2 } }, by)).toBe(2);
    expect(await store.history(here)).toHaveLength(2);
  });

  it('because it is a replica is told as what it is; reading goes on', async () => {
    const store = open();
    await store.apply(here, { flags: { a: 1 } }, by);
    await configured('replica-serve-stale-data', 'yes', 'yes');
    await redis().command('REPLICAOF', '127.0.0.1', '1');
    onTestFinished(async () => void (await redis().command('REPLICAOF', 'NO', 'ONE')));
    const error = await rejection(store.apply(here, { flags: { a: 2 } }, by));
    expect(error).toMatchObject({
      code: 'READ_ONLY',
      message: expect.stringContaining('give the address of the primary'),
    });
    expect({ ...(await store.load(here)).flags }).toEqual({ a: 1 });
    expect(await store.revision(here)).toBe(1);
  });

  it.each([
    ['to publish', ['~*', '+@all']],
    ['to write sorted sets', ['~*', '&*', '+@all', '-zadd']],
    ['to write hashes', ['~*', '&*', '+@all', '-hset']],
    ['to touch the keys', ['~others:*', '&*', '+@all']],
  ])('to a user who has no right %s leaves no trace of the change', async (_, rights) => {
    const prefix = redis().freshPrefix();
    const all = open(prefix);
    await all.apply(here, { flags: { a: 1, b: 1 } }, by);
    const store = used(redisStore({ url: await aUser(...rights), prefix }));
    const error = await rejection(store.apply(here, { flags: { a: 2, b: null } }, by));
    expect(error.message).toContain('nothing was written');
    expect({ ...(await all.load(here)).flags }).toEqual({ a: 1, b: 1 });
    expect({ ...(await all.deltas?.since(here, 1)) }).toMatchObject({ revision: 1, flags: {} });
    expect(await all.history(here)).toHaveLength(1);
  });

  it.each(['records', 'changed', 'entries', 'named', 'rows', 'index'])(
    'because another program owns the key %s leaves no trace of the change',
    async (part) => {
      const prefix = redis().freshPrefix();
      const store = open(prefix);
      await redis().command('SET', `${prefix}:{${here}}:${part}`, 'theirs');
      const error = await rejection(store.apply(here, { flags: { a: 1 } }, by));
      expect(error.message).toContain('choose another prefix');
      expect(await store.revision(here)).toBe(0);
      const keys = (await redis().command('KEYS', `${prefix}:{*`)) as string[];
      expect(keys).toEqual([`${prefix}:{${here}}:${part}`]);
    },
  );

  it('refuses what a newer version has written, and leaves it alone', async () => {
    const prefix = redis().freshPrefix();
    const store = open(prefix);
    await store.apply(here, { flags: { a: 1 } }, by);
    await redis().command('HSET', `${prefix}:{${here}}:head`, 'schema', '2');
    const calls = [
      () => store.load(here),
      () => store.revision(here),
      () => store.apply(here, { flags: { a: 2 } }, by),
      () => store.deltas?.since(here, 0) ?? Promise.resolve(),
      () => store.history(here),
    ];
    for (const call of calls) {
      expect(await rejection(call())).toMatchObject({
        code: 'STORE_TOO_NEW',
        message: expect.stringContaining('schema 2; this one knows 1'),
      });
    }
    expect(await redis().command('HGET', `${prefix}:{${here}}:records`, 'flag:a')).toBe('1');
  });
});
