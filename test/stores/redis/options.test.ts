import { GatekeeperError } from 'express-gatekeeper';
import { redisStore } from 'express-gatekeeper/stores/redis';
import { createClient, createCluster } from 'redis';
import { describe, expect, it } from 'vitest';
import { openStore } from '../../../src/stores/open-store.js';
import { rejection, used } from './watched.js';

describe('redisStore()', () => {
  it.each([
    ['redis://localhost', 'redis://localhost'],
    ['redis://ann:secret@cache:6380/2', 'redis://cache:6380/2'],
    ['rediss://:secret@[::1]:6380/', 'rediss://[::1]:6380'],
    ['redis://ann:se%40cret@cache?password=secret', 'redis://cache'],
  ])('names %s without its password: %s', (url, name) => {
    expect(redisStore(url).name).toBe(name);
    expect(openStore(url).name).toBe(name);
  });

  it('names a client after the server it connects to', () => {
    const named = (options: object): string => redisStore({ client: createClient(options) }).name;
    expect(named({ url: 'redis://ann:secret@cache:6380/2' })).toBe('redis://cache:6380/2');
    expect(named({ socket: { host: 'cache', port: 6380 }, password: 'secret' })).toBe('redis://cache:6380');
    expect(named({})).toBe('redis://localhost:6379');
  });

  it.each([
    ['redis:', 'no URL of a Redis server'],
    ['http://ann:hunter@cache', 'no URL of a Redis server'],
    ['redis://ann:hunter%@cache', 'no URL of a Redis server'],
    ['redis://ann:hunter/2@cache', 'no URL of a Redis server'],
    ['redis://ann:hunter@cache/zero', 'no URL of a Redis server'],
    [undefined, 'takes a URL'],
    [{}, 'takes a url or a client'],
    [{ url: 'redis://cache', client: createClient() }, 'one of them'],
    [{ url: 7 }, 'is text'],
    [{ url: new URL('redis://ann:hunter@cache') }, 'is text'],
    [{ client: {} }, 'createClient()'],
    [{ client: createCluster({ rootNodes: [] }) }, 'createClient()'],
    [{ url: 'redis://cache', prefix: '' }, 'prefix of redisStore()'],
    [{ url: 'redis://cache', prefix: 'a{b}' }, '"a{b}"'],
    [{ url: 'redis://cache', timeout: 0 }, 'timeout of redisStore() is a number of milliseconds, such as 2000, not 0'],
    [{ url: 'redis://cache', pingInterval: '5s' }, '"5s"'],
  ])('refuses %j and says why, without a password', (options, message) => {
    const create = (): unknown => redisStore(options as string);
    expect(create).toThrow(GatekeeperError);
    expect(create).toThrow(message);
    expect(create).not.toThrow(/hunter/);
  });

  it('asks for a client that is connected', async () => {
    const store = used(redisStore({ client: createClient() }));
    expect((await rejection(store.load('default'))).message).toContain('call its connect() first');
  });
});
