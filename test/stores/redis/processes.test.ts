import { redisStore } from 'express-gatekeeper/stores/redis';
import { createClient } from 'redis';
import { expect, it } from 'vitest';
import { describeWithRedis, freePort } from '../../engines/redis.js';
import { aProxy } from './a-proxy.js';
import { runScript } from './run-script.js';

const here = 'default';

it('says which package to install when it is missing', async () => {
  const { said } = await runScript(
    `
      const { default: Module } = await import('node:module');
      const find = Module._resolveFilename;
      Module._resolveFilename = (name, ...rest) => {
        if (name === 'redis') throw Object.assign(new Error("Cannot find module 'redis'"), { code: 'MODULE_NOT_FOUND' });
        return find(name, ...rest);
      };
      try { redisStore('redis://localhost'); } catch (error) { console.log(error.code, error.message); }
    `,
    {},
  );
  expect(said).toContain('CLIENT_MISSING The Redis store needs the package redis: npm install redis');
}, 20_000);

it('lets the process end when the server is away or silent, once it is closed', async () => {
  const { url } = await aProxy();
  const ended = await runScript(
    `
      for (const url of settings.urls) {
        const store = redisStore({ url, timeout: 300 });
        store.watch('default', () => {});
        await store.load('default').catch(() => console.log('rejected'));
        const pending = store.load('default').catch(() => console.log('rejected'));
        store.revision('default').catch(() => {});
        await store.close();
        await pending;
      }
      console.log(process.getActiveResourcesInfo().filter((each) => /TCP|Timeout/.test(each)).join() || 'nothing left');
    `,
    { urls: [`redis://127.0.0.1:${await freePort()}`, url] },
  );
  expect(ended).toEqual({ code: 0, said: 'rejected\nrejected\nrejected\nrejected\nnothing left\n' });
}, 20_000);

describeWithRedis('in processes of their own', (redis) => {
  it('lets the process end by itself once it is closed', async () => {
    const ended = await runScript(
      `
        const store = redisStore(settings);
        const told = new Promise((resolve) => { store.watch('default', resolve); });
        // Watching alone holds no process.
        const hold = setInterval(() => {}, 1_000);
        await told;
        clearInterval(hold);
        await store.apply('default', { flags: { a: 1 } }, { by: 'ann' });
        const pending = store.load('default').catch((error) => error);
        await store.close();
        await pending;
        console.log(process.getActiveResourcesInfo().filter((each) => /TCP|Timeout/.test(each)).join() || 'nothing left');
      `,
      { url: redis().url, prefix: redis().freshPrefix() },
    );
    expect(ended).toEqual({ code: 0, said: 'nothing left\n' });
  }, 20_000);

  it('closes neither the client of the app nor what it does with it', async () => {
    const client = createClient({ url: redis().url });
    await client.connect();
    const store = redisStore({ client, prefix: redis().freshPrefix() });
    const told = new Promise((resolve) => store.watch(here, resolve));
    await store.apply(here, { flags: { a: 1 } }, { by: 'ann' });
    await told;
    await store.close();
    expect(await client.ping()).toBe('PONG');
    client.destroy();
  });
});
