import assert from 'node:assert/strict';
import { ConflictError } from '../../stores/conflict-error.js';
import type { FlagStore } from '../../stores/store.js';
import type { StorePromise } from './promise.js';
import { by, contentOf, here } from './samples.js';

export const writingPromises: readonly StorePromise[] = [
  {
    title: 'gives each change the next revision',
    async holds({ store }) {
      const first = await store.apply(here, { flags: { a: true } }, by);
      const second = await store.apply(here, { flags: { a: false } }, by);
      assert.ok(second > first && first > 0);
      assert.equal(await store.revision(here), second);
      assert.equal((await store.load(here)).revision, second);
    },
  },
  {
    title: 'changes what is named and nothing else',
    async holds({ store }) {
      await store.apply(here, { flags: { a: 1, b: 2 }, segments: { s: [1], t: [2] } }, by);
      await store.apply(here, { flags: { b: 3, c: 4 }, segments: { t: null } }, by);
      assert.deepEqual(await contentOf(store), { flags: { a: 1, b: 3, c: 4 }, segments: { s: [1] } });
    },
  },
  {
    title: 'takes a record away by null, also one that is not there',
    async holds({ store }) {
      await store.apply(here, { flags: { a: 1 } }, by);
      await store.apply(here, { flags: { a: null, never: null } }, by);
      assert.deepEqual(await contentOf(store), { flags: {}, segments: {} });
    },
  },
  {
    title: 'counts no change that names nothing',
    async holds({ store }) {
      const revision = await store.apply(here, { flags: { a: 1 } }, by);
      assert.equal(await store.apply(here, {}, by), revision);
      assert.equal(await store.apply(here, { flags: {}, segments: {} }, by), revision);
      assert.equal((await store.history(here)).length, 1);
    },
  },
  {
    title: 'keeps what it was given, not what the caller makes of it afterwards',
    async holds({ store }) {
      const definition = { tags: ['mine'] };
      await store.apply(here, { flags: { a: definition } }, by);
      definition.tags.push('changed');
      const { flags } = await store.load(here);
      assert.deepEqual({ ...flags }, { a: { tags: ['mine'] } });
      (flags['a'] as { tags: string[] }).tags.push('changed');
      assert.deepEqual((await contentOf(store)).flags, { a: { tags: ['mine'] } });
    },
  },
  {
    title: 'refuses what was changed since it was looked at, and says what is there now',
    async holds({ store }) {
      const seen = await store.apply(here, { flags: { a: 1, b: 1 }, segments: { s: [1] } }, by);
      const now = await store.apply(here, { flags: { a: 2 }, segments: { s: [2] } }, by);
      const change = { flags: { a: 3, b: 3, c: 3 }, segments: { s: [3] } };
      const error = await conflictOf(store, change, seen);
      assert.equal(error.revision, now);
      assert.deepEqual({ ...error.current.flags }, { a: 2, b: 1, c: null });
      assert.deepEqual({ ...error.current.segments }, { s: [2] });
      assert.deepEqual(await contentOf(store), { flags: { a: 2, b: 1 }, segments: { s: [2] } });
      assert.equal(await store.revision(here), now);
      assert.equal((await store.history(here)).length, 2);
    },
  },
  {
    title: 'refuses to change what was deleted since, and what was created since',
    async holds({ store }) {
      const seen = await store.apply(here, { flags: { a: 1 } }, by);
      await store.apply(here, { flags: { a: null, b: 1 } }, by);
      assert.deepEqual({ ...(await conflictOf(store, { flags: { a: 2 } }, seen)).current.flags }, { a: null });
      assert.deepEqual({ ...(await conflictOf(store, { flags: { b: 2 } }, seen)).current.flags }, { b: 1 });
    },
  },
  {
    title: 'lets changes of different flags pass, however old what they looked at',
    async holds({ store }) {
      const seen = await store.apply(here, { flags: { a: 1, b: 1 } }, by);
      await store.apply(here, { flags: { a: 2 } }, { ...by, expectedRevision: seen });
      await store.apply(here, { flags: { b: 2 } }, { ...by, expectedRevision: seen });
      await store.apply(here, { segments: { a: [1] } }, { ...by, expectedRevision: seen });
      assert.deepEqual(await contentOf(store), { flags: { a: 2, b: 2 }, segments: { a: [1] } });
    },
  },
  {
    title: 'refuses a revision that it has not reached: what was looked at is lost',
    async holds({ store }) {
      const revision = await store.apply(here, { flags: { a: 1 } }, by);
      await conflictOf(store, { flags: { a: 2 } }, revision + 1);
      assert.deepEqual((await contentOf(store)).flags, { a: 1 });
    },
  },
  {
    title: 'of many changes that looked at the same, exactly one passes',
    async holds({ store }) {
      const seen = await store.apply(here, { flags: { a: 0 } }, by);
      const edits = Array.from({ length: 20 }, (_, index) =>
        store.apply(here, { flags: { a: index + 1 } }, { ...by, expectedRevision: seen }),
      );
      const settled = await Promise.allSettled(edits);
      assert.equal(settled.filter(({ status }) => status === 'fulfilled').length, 1);
      for (const result of settled) if (result.status === 'rejected') assert.ok(result.reason instanceof ConflictError);
      assert.equal((await store.history(here)).length, 2);
    },
  },
];

async function conflictOf(
  store: FlagStore,
  change: Parameters<FlagStore['apply']>[1],
  expectedRevision: number,
): Promise<ConflictError> {
  const error: unknown = await store.apply(here, change, { ...by, expectedRevision }).catch((thrown) => thrown);
  assert.ok(error instanceof ConflictError, `a ConflictError was expected, not ${String(error)}`);
  assert.equal(error.code, 'CONFLICT');
  return error;
}
