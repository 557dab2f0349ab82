/** @import { FlagStore } from '../../../dist/index.js' */
/** @import { Part, Place, Row, Sighting } from '../contract.ts' */
import { openStore } from '../../../dist/stores/open-store.js';
import { quantile } from '../../measure/statistics.js';
import { figure, range } from '../../report/figures.js';
import { verdict } from '../../report/goal.js';
import { now } from '../clock.js';
import { counting, untilNextWrite } from '../counter.js';
import { delays } from '../measure/sightings.js';
import { delaysOfSingleWrites } from '../measure/single-writes.js';
import { Child } from '../processes/child.js';

/** Until connections, statements and compiled code are what they are from then on. */
const WARM_UP = 10;
const FIRST = 1_000_000;
const GOAL = 20;
/** Those that are told, rather than look. */
const PUSHED = ['postgres', 'redis'];

/** @typedef {readonly number[]} Delays milliseconds */
/** @typedef {{ stream: Delays, single: Delays }} Propagation */

/**
 * How long it takes from an acknowledged write until another process serves it: in a stream of writes, and of writes that wait
 * until the one before was seen.
 *
 * @type {Part<Propagation>}
 */
export const propagation = {
  name: 'propagation',

  async measure(place, counts) {
    const store = openStore(place.url);
    const single = await delaysOfSingleWrites(store, place, counts.singleWrites);
    const stream = await delaysOfStream(store, place, counts.writes);
    await store.close();
    return { single, stream };
  },

  rows: ({ writes, singleWrites }) => [
    ...rows(`acknowledged write → served by another process, ${writes} writes 5–50 ms apart`, ({ stream }) => stream),
    ...rows(`the same, ${singleWrites} writes each after the one before was seen`, ({ single }) => single),
  ],
};

/**
 * @param {string} name
 * @param {(result: Propagation) => Delays} delaysIn
 * @returns {Row<Propagation>[]}
 */
function rows(name, delaysIn) {
  const at = (/** @type {Propagation} */ result, /** @type {number} */ share) => quantile(delaysIn(result), share);
  return [
    { name: `${name}, ms`, cell: (result) => figure(at(result, 0.5)) },
    {
      name: '  p10–p90',
      cell: (result) => range({ median: at(result, 0.5), low: at(result, 0.1), high: at(result, 0.9) }),
    },
    {
      name: '  p99',
      goal(results) {
        const pushed = [...results].filter(([store]) => PUSHED.includes(store));
        return verdict(GOAL, 'ms', new Map(pushed.map(([store, result]) => [store, at(result, 0.99)])));
      },
      cell: (result) => figure(at(result, 0.99)),
    },
    { name: '  worst', cell: (result) => figure(at(result, 1)) },
  ];
}

/**
 * @param {FlagStore} store
 * @param {Place} place
 * @param {number} writes
 */
async function delaysOfStream(store, { url, environment }, writes) {
  /** @type {Sighting[]} */
  const written = [];
  const watcher = new Child('watcher.js', url, environment);
  await watcher.ask('ready');
  // Higher than what was written before.
  for (let number = FIRST; number < FIRST + WARM_UP + writes; number += 1) {
    await untilNextWrite();
    await store.apply(environment, counting(number), { by: 'bench' });
    written.push({ number, at: now() });
  }
  await watcher.ask('seen', written.at(-1)?.number);
  const all = delays(written, await watcher.ask('all'));
  await watcher.end();
  return all.slice(WARM_UP);
}
