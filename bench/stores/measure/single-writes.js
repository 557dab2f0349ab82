/** @import { FlagStore } from '../../../dist/index.js' */
/** @import { Sighting } from '../contract.ts' */
import { now } from '../clock.js';
import { counting, untilNextWrite } from '../counter.js';
import { Child } from '../processes/child.js';
import { delays } from './sightings.js';

/** Until connections, statements and compiled code are what they are from then on. */
const WARM_UP = 3;

/**
 * How long it takes until another process serves what was written, of writes that each wait until the one before was seen.
 *
 * @param {FlagStore} store
 * @param {{ url: string, environment: string }} place where it is
 * @param {number} writes
 * @returns {Promise<number[]>} milliseconds
 */
export async function delaysOfSingleWrites(store, { url, environment }, writes) {
  /** @type {Sighting[]} */
  const written = [];
  const watcher = new Child('watcher.js', url, environment);
  await watcher.ask('ready');
  for (let number = 1; number <= WARM_UP + writes; number += 1) {
    await untilNextWrite();
    await store.apply(environment, counting(number), { by: 'bench' });
    written.push({ number, at: now() });
    await watcher.ask('seen', number);
  }
  const all = delays(written, await watcher.ask('all'));
  await watcher.end();
  return all.slice(WARM_UP);
}
