/** @import { Part, Place, Row } from '../contract.ts' */
import { openStore } from '../../../dist/stores/open-store.js';
import { quantile } from '../../measure/statistics.js';
import { figure, range } from '../../report/figures.js';
import { now } from '../clock.js';
import { Child } from '../processes/child.js';

const WRITERS = 10;

/** @typedef {{ perSecond: number, took: readonly number[] }} Writing */
/** @typedef {{ one: Writing, several: Writing }} Changes */

/**
 * How fast flags are changed by `gk.update`, in one process one after the other, and by several processes at the same time.
 *
 * @type {Part<Changes>}
 */
export const changes = {
  name: 'changes',

  async measure(place, counts) {
    const one = await written(place, ['one'], counts.changes);
    const names = Array.from({ length: WRITERS }, (_, index) => `of-several-${index}`);
    return { one, several: await written(place, names, counts.changes / WRITERS) };
  },

  rows: ({ changes }) => {
    const many = changes.toLocaleString('en-US');
    return [
      ...rows(`${many} changes one after the other`, ({ one }) => one),
      ...rows(`${many} changes by ${WRITERS} processes`, ({ several }) => several),
    ];
  },
};

/**
 * @param {string} name
 * @param {(changes: Changes) => Writing} of
 * @returns {Row<Changes>[]}
 */
function rows(name, of) {
  const at = (/** @type {Changes} */ result, /** @type {number} */ share) => quantile(of(result).took, share);
  return [
    { name: `${name}, per second`, cell: (result) => figure(of(result).perSecond) },
    { name: '  each, ms', cell: (result) => figure(at(result, 0.5)) },
    {
      name: '  p10–p90',
      cell: (result) => range({ median: at(result, 0.5), low: at(result, 0.1), high: at(result, 0.9) }),
    },
    { name: '  p99', cell: (result) => figure(at(result, 0.99)) },
  ];
}

/**
 * @param {Place} place
 * @param {readonly string[]} flags one for each writer
 * @param {number} times
 * @returns {Promise<Writing>}
 */
async function written({ url, environment }, flags, times) {
  const store = openStore(url);
  const before = await store.revision(environment);
  const writers = flags.map((flag) => new Child('writer.js', url, environment, flag));
  await Promise.all(writers.map((writer) => writer.ask('ready')));
  const start = now();
  const took = await Promise.all(writers.map((writer) => writer.ask('change', times)));
  const seconds = (now() - start) / 1_000;
  await Promise.all(writers.map((writer) => writer.end()));

  for (const flag of flags) await checkHistory(store, environment, flag, times);
  const revisions = (await store.revision(environment)) - before;
  // A file counts from the time it was first written.
  if (before > 0 && revisions !== flags.length * times) throw new Error(`There are ${revisions} revisions more.`);
  await store.close();
  return { perSecond: (flags.length * times) / seconds, took: took.flat() };
}

/**
 * Each change has its entry, with who and what.
 *
 * @param {ReturnType<typeof openStore>} store
 * @param {string} environment
 * @param {string} flag
 * @param {number} times
 */
async function checkHistory(store, environment, flag, times) {
  const entries = await store.history(environment, { flag, limit: times + 1 });
  const right = entries.every(
    ({ by, comment, changes: [change] }, index) =>
      by === flag &&
      comment === `change ${times - index}` &&
      JSON.stringify(change?.after) === JSON.stringify({ variants: { on: times - index, off: 0 } }),
  );
  if (!right || entries.length !== times) {
    throw new Error(`The history of ${flag} has ${entries.length} entries${right ? '' : ', not all of them right'}.`);
  }
}
