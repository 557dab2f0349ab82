import assert from 'node:assert/strict';
import type { FlagStore } from '../../stores/store.js';
import type { StorePromise } from './promise.js';
import { by, contentOf, here } from './samples.js';

/** Far longer than any store takes: a push that was lost, not a slow machine. */
const PATIENCE = 10_000;

export const watchingPromises: readonly StorePromise[] = [
  {
    title: 'tells whoever watches of a change, until they stop',
    async holds({ store }) {
      let told = 0;
      const stop = store.watch(here, () => {
        told += 1;
      });
      await noticed(store, () => store.apply(here, { flags: { a: 1 } }, by));
      assert.ok(told > 0);
      stop();
      const before = told;
      await noticed(store, () => store.apply(here, { flags: { a: 2 } }, by));
      assert.equal(told, before);
    },
  },
  {
    title: 'shows a change to others as soon as it is made, and tells them',
    twice: true,
    async holds({ store, other }) {
      await other.load(here);
      const revision = await noticed(other, () => store.apply(here, { flags: { a: 1 } }, by));
      assert.equal(await other.revision(here), revision);
      assert.equal(other.sync?.revision(here) ?? revision, revision);
      assert.deepEqual((await contentOf(other)).flags, { a: 1 });
    },
  },
  {
    title: 'refuses what somebody else changed since it was looked at',
    twice: true,
    async holds({ store, other }) {
      const seen = await store.apply(here, { flags: { a: 1 } }, by);
      await other.apply(here, { flags: { a: 2 } }, by);
      await assert.rejects(store.apply(here, { flags: { a: 3 } }, { ...by, expectedRevision: seen }), {
        code: 'CONFLICT',
      });
      assert.equal((await other.history(here)).length, 2);
    },
  },
  {
    title: 'loses no change of two who write at the same time',
    twice: true,
    async holds({ store, other }) {
      await Promise.all(
        [store, other].flatMap((each, writer) =>
          Array.from({ length: 20 }, (_, index) => each.apply(here, { flags: { [`${writer}-${index}`]: index } }, by)),
        ),
      );
      assert.equal(Object.keys((await store.load(here)).flags).length, 40);
      const revisions = (await other.history(here)).map(({ revision }) => revision);
      assert.equal(new Set(revisions).size, 40);
    },
  },
  {
    title: 'holds what was written when it is opened again',
    twice: true,
    async holds({ store, other }) {
      const revision = await store.apply(here, { flags: { a: 1 } }, by);
      await store.close();
      assert.equal(await other.revision(here), revision);
      assert.deepEqual((await contentOf(other)).flags, { a: 1 });
      assert.equal((await other.history(here)).length, 1);
    },
  },
  {
    title: 'refuses everything once it is closed, and may be closed twice',
    async holds({ store }) {
      store.watch(here, () => undefined);
      await store.close();
      await store.close();
      await assert.rejects(store.load(here));
      await assert.rejects(store.revision(here));
      await assert.rejects(store.apply(here, { flags: { a: 1 } }, by));
      await assert.rejects(store.history(here));
    },
  },
];

/** Does something and waits until the store tells of a revision at least as new. */
async function noticed(store: FlagStore, act: () => Promise<number>): Promise<number> {
  let wake = (): void => undefined;
  let told = false;
  const stop = store.watch(here, () => {
    told = true;
    wake();
  });
  const late = new Error(`The store told of no change within ${PATIENCE} ms.`);
  try {
    const revision = await act();
    const deadline = Date.now() + PATIENCE;
    while (!told || (await store.revision(here)) < revision) {
      told = false;
      await new Promise<void>((resolve, reject) => {
        const timer = setTimeout(reject, deadline - Date.now(), late);
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
    return revision;
  } finally {
    stop();
  }
}
