import { redisStore } from 'express-gatekeeper/stores/redis';
import { describe, expect, it } from 'vitest';
import { keysOf, recordId, recordOf } from '../../../src/stores/redis/keys.js';
import { describeWithRedis } from '../../engines/redis.js';
import { used } from './watched.js';

const HALF = '\ud83d';
const ODD_NAMES = [
  '',
  '{',
  '}',
  '{}',
  '%',
  '%7B',
  '%%',
  ' ',
  '\0',
  '\n',
  `${HALF}`,
  '\ufffd',
  '"',
  '\\',
  '🚩',
  'flag:a',
];

describe('the keys in Redis', () => {
  it('have one hash tag for each environment, and no two environments share one', () => {
    const tags = ODD_NAMES.map((name) => {
      const tagged = Object.values(keysOf('p', name)).map((key: string) => /^p:\{([^{}]+)\}:\w+$/.exec(key)?.[1]);
      expect(new Set(tagged).size).toBe(1);
      return tagged[0];
    });
    expect(tags).not.toContain(undefined);
    expect(new Set(tags).size).toBe(ODD_NAMES.length);
    expect(keysOf('gatekeeper', 'default').records).toBe('gatekeeper:{default}:records');
  });

  it.each(ODD_NAMES)('give a record its name back: %j', (name) => {
    expect(recordOf(recordId({ kind: 'flag', name }))).toEqual({ kind: 'flag', name });
    expect(recordId({ kind: 'segment', name })).not.toMatch(/\n|\p{Cs}/u);
  });
});

describeWithRedis('in Redis', (redis) => {
  it('names that are no valid Unicode, or look like parts of keys, are kept apart', async () => {
    const store = used(redisStore({ url: redis().url, prefix: redis().freshPrefix() }));
    const flags = Object.fromEntries(ODD_NAMES.map((name, index) => [name, { description: name, serve: index }]));
    for (const environment of ODD_NAMES) {
      await store.apply(environment, { flags: flags as never }, { by: environment, comment: environment });
    }
    expect(await store.environments.list()).toEqual([...ODD_NAMES].sort());
    for (const name of ODD_NAMES) {
      expect({ ...(await store.load(name)).flags }).toEqual(flags);
      expect(await store.history(name, { flag: name })).toMatchObject([
        { by: name, comment: name, changes: [{ name, before: null, after: flags[name] }] },
      ]);
    }
  });

  it('the history of a flag stays its own beside names that begin alike', async () => {
    const store = used(redisStore({ url: redis().url, prefix: redis().freshPrefix() }));
    const names = ['a', 'a\n0000000000000001', 'a\0', 'a ', 'aa', 'a:', 'flag:a', ''];
    for (const name of names)
      await store.apply('default', { flags: { [name]: 1 }, segments: { [name]: [1] } }, { by: 'ann' });
    for (const name of names) expect(await store.history('default', { flag: name })).toHaveLength(1);
    const [entry, ...none] = await store.history('default', { flag: 'a', segment: 'a' });
    expect(none).toEqual([]);
    expect(entry?.changes.map(({ kind }) => kind)).toEqual(['flag', 'segment']);
  });
});

describeWithRedis(
  'in a cluster',
  (redis) => {
    it('an environment stays within one slot', async () => {
      const slots = Array.from({ length: 16_384 }, (_, slot) => String(slot));
      await redis().command('CLUSTER', 'ADDSLOTS', ...slots);
      while (!String(await redis().command('CLUSTER', 'INFO')).includes('cluster_state:ok'));
      const store = used(redisStore(redis().url));
      await store.apply('production {eu}', { flags: { a: 1 }, segments: { s: [1] } }, { by: 'ann' });
      await store.apply('production {eu}', { flags: { a: null } }, { by: 'ann', expectedRevision: 1 });
      expect(await store.load('production {eu}')).toMatchObject({ revision: 2, flags: {}, segments: { s: [1] } });
      expect(await store.deltas.since('production {eu}', 1)).toMatchObject({ flags: { a: null } });
      expect(await store.history('production {eu}', { flag: 'a' })).toHaveLength(2);
    }, 20_000);
  },
  { settings: { 'cluster-enabled': 'yes' } },
);
