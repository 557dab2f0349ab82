import assert from 'node:assert/strict';
import type { StorePromise } from './promise.js';
import { by, contentOf, HOSTILE_NAMES, here } from './samples.js';

export const readingPromises: readonly StorePromise[] = [
  {
    title: 'an environment that nobody has written to is empty, at revision 0',
    async holds({ store }) {
      assert.deepEqual(await contentOf(store), { flags: {}, segments: {} });
      assert.equal((await store.load(here)).revision, 0);
      assert.equal(await store.revision(here), 0);
      assert.deepEqual(await store.history(here), []);
    },
  },
  {
    title: 'gives back definitions of every shape as they were given',
    async holds({ store }) {
      const flags = {
        yes: true,
        no: false,
        nobody: 0,
        'a-thousandth': 0.001,
        listed: ['ann', 7, ''],
        empty: [],
        'in/a/folder': { enabled: true, variants: { a: { deep: [1, null, { x: 'é' }] }, b: {} }, tags: [] },
      };
      const segments = { beta: ['ann', 7], premium: { users: [], when: { plan: 'premium', age: { gte: 18 } } } };
      await store.apply(here, { flags, segments }, by);
      assert.deepEqual(await contentOf(store), { flags, segments });
    },
  },
  {
    title: 'takes any text as a name',
    async holds({ store }) {
      const flags = Object.fromEntries(HOSTILE_NAMES.map((name, index) => [name, index]));
      const segments = Object.fromEntries(HOSTILE_NAMES.map((name, index) => [name, [index]]));
      await store.apply(here, { flags, segments }, by);
      assert.deepEqual(await contentOf(store), { flags, segments });
      for (const name of HOSTILE_NAMES) {
        const [entry] = await store.history(here, { flag: name });
        assert.deepEqual(
          entry?.changes.map((change) => [change.kind, change.name]),
          [['flag', name]],
        );
      }
    },
  },
  {
    title: 'takes any text inside of a definition, by whom and why',
    async holds({ store }) {
      const text = HOSTILE_NAMES.join(' ');
      await store.apply(here, { flags: { a: { description: text } } }, { by: text, comment: text });
      assert.deepEqual((await contentOf(store)).flags, { a: { description: text } });
      const [entry] = await store.history(here);
      assert.deepEqual([entry?.by, entry?.comment], [text, text]);
    },
  },
  {
    title: 'holds ten thousand flags',
    async holds({ store }) {
      const flags = Object.fromEntries(Array.from({ length: 10_000 }, (_, index) => [`flag-${index}`, index % 101]));
      await store.apply(here, { flags }, by);
      assert.deepEqual((await contentOf(store)).flags, flags);
    },
  },
  {
    title: 'answers at once what it answers when waited for',
    needs: 'sync',
    async holds({ store }) {
      await store.apply(here, { flags: { a: 1 }, segments: { s: [1] } }, by);
      assert.equal(store.sync?.revision(here), await store.revision(here));
      const { revision, flags, segments } = await store.load(here);
      const atOnce = store.sync?.load(here);
      assert.deepEqual(
        [atOnce?.revision, { ...atOnce?.flags }, { ...atOnce?.segments }],
        [revision, { ...flags }, { ...segments }],
      );
    },
  },
  {
    title: 'keeps environments apart, each with its own revision and history',
    needs: 'environments',
    async holds({ store }) {
      await store.apply('one', { flags: { a: true } }, by);
      await store.apply('two', { flags: { a: false } }, by);
      await store.apply('two', { flags: { b: false } }, by);
      assert.deepEqual(await contentOf(store, 'one'), { flags: { a: true }, segments: {} });
      assert.deepEqual(await contentOf(store, 'two'), { flags: { a: false, b: false }, segments: {} });
      assert.deepEqual([await store.revision('one'), await store.revision('two')], [1, 2]);
      assert.equal((await store.history('one')).length, 1);
    },
  },
  {
    title: 'lists the environments that were written to, whatever their names',
    needs: 'environments',
    async holds({ store }) {
      const names = [...HOSTILE_NAMES].sort();
      for (const name of names) await store.apply(name, { flags: { a: name } as never }, by);
      await store.load('only looked at');
      assert.deepEqual(await store.environments?.list(), names);
      for (const name of names) assert.deepEqual((await contentOf(store, name)).flags, { a: name });
    },
  },
];
