import assert from 'node:assert/strict';
import type { StorePromise } from './promise.js';
import { by, here } from './samples.js';

export const historyPromises: readonly StorePromise[] = [
  {
    title: 'tells who changed what, when and why, newest first',
    async holds({ store }) {
      const before = Date.now();
      const first = await store.apply(here, { flags: { a: true } }, { by: 'ann', comment: 'a start', at: 1_234 });
      const second = await store.apply(here, { flags: { a: null }, segments: { s: [1] } }, { by: 'bob' });
      const [newest, oldest, ...none] = await store.history(here);
      assert.equal(none.length, 0);
      assert.deepEqual(oldest, {
        revision: first,
        at: 1_234,
        by: 'ann',
        comment: 'a start',
        changes: [{ kind: 'flag', name: 'a', before: null, after: true }],
      });
      assert.ok(newest !== undefined && newest.at >= before && newest.at <= Date.now());
      assert.deepEqual([newest.revision, newest.by, newest.comment], [second, 'bob', '']);
      assert.deepEqual(
        [...newest.changes].sort((one, other) => (one.kind < other.kind ? -1 : 1)),
        [
          { kind: 'flag', name: 'a', before: true, after: null },
          { kind: 'segment', name: 's', before: null, after: [1] },
        ],
      );
    },
  },
  {
    title: 'tells of one flag, or of one segment, alone',
    async holds({ store }) {
      await store.apply(here, { flags: { a: 1, b: 1 }, segments: { a: [1] } }, by);
      await store.apply(here, { flags: { b: 2 } }, by);
      await store.apply(here, { flags: { a: 2 } }, by);
      const ofFlag = await store.history(here, { flag: 'a' });
      assert.deepEqual(
        ofFlag.map(({ changes }) => changes.map(({ kind, name, after }) => [kind, name, after])),
        [[['flag', 'a', 2]], [['flag', 'a', 1]]],
      );
      const ofSegment = await store.history(here, { segment: 'a' });
      assert.deepEqual(
        ofSegment.map(({ changes }) => changes.map(({ kind, name, after }) => [kind, name, after])),
        [[['segment', 'a', [1]]]],
      );
    },
  },
  {
    title: 'gives as many entries as asked for, and the page after those',
    async holds({ store }) {
      for (let value = 1; value <= 5; value += 1) await store.apply(here, { flags: { a: value, b: value } }, by);
      const page = await store.history(here, { limit: 2 });
      assert.deepEqual(
        page.map(({ changes }) => changes.length),
        [2, 2],
      );
      const next = await store.history(here, { limit: 2, before: page[1]?.revision });
      const last = await store.history(here, { limit: 9, before: next[1]?.revision });
      const values = [...page, ...next, ...last].map(({ changes }) => changes[0]?.after);
      assert.deepEqual(values, [5, 4, 3, 2, 1]);
    },
  },
  {
    title: 'orders by revision, whatever the clocks say',
    async holds({ store }) {
      await store.apply(here, { flags: { a: 1 } }, { ...by, at: 2_000 });
      await store.apply(here, { flags: { a: 2 } }, { ...by, at: 1_000 });
      assert.deepEqual(
        (await store.history(here)).map(({ at }) => at),
        [1_000, 2_000],
      );
    },
  },
  {
    title: 'tells what changed since a revision, deleted records too',
    needs: 'deltas',
    async holds({ store }) {
      const seen = await store.apply(here, { flags: { a: 1, b: 1, c: 1 }, segments: { s: [1] } }, by);
      await store.apply(here, { flags: { a: 2 } }, by);
      const now = await store.apply(here, { flags: { a: 3, b: null }, segments: { t: [2] } }, by);
      const delta = await store.deltas?.since(here, seen);
      assert.equal(delta?.revision, now);
      assert.deepEqual({ ...delta?.flags }, { a: 3, b: null });
      assert.deepEqual({ ...delta?.segments }, { t: [2] });
      const nothing = await store.deltas?.since(here, now);
      assert.deepEqual([nothing?.revision, { ...nothing?.flags }, { ...nothing?.segments }], [now, {}, {}]);
    },
  },
];
