/** @import { Library, Spread } from '../contract.ts' */
import { spreadOf } from '../measure/statistics.js';
import { inProcess } from './in-process.js';

export const MANY_FLAGS = 10_000;

/** @typedef {{ milliseconds: number, bytesPerFlag: number }} Load */
/** @typedef {{ milliseconds: Spread, bytesPerFlag: Spread }} Loading */

/**
 * How long many flags take to load, and how much room. The libraries take turns.
 *
 * @param {readonly Library[]} libraries
 * @param {number} times none to leave it out
 * @returns {Promise<Map<Library, Loading>>}
 */
export async function loading(libraries, times) {
  const loads = new Map(times === 0 ? [] : libraries.map((library) => [library, /** @type {Load[]} */ ([])]));
  for (let time = 0; time < times; time += 1) {
    for (const [library, sofar] of loads) {
      const load = await inProcess('loading-process.js', [library.name, String(MANY_FLAGS)]);
      sofar.push(/** @type {Load} */ (load));
    }
  }
  return new Map(
    [...loads].map(([library, all]) => [
      library,
      {
        milliseconds: spreadOf(all.map(({ milliseconds }) => milliseconds)),
        bytesPerFlag: spreadOf(all.map(({ bytesPerFlag }) => bytesPerFlag)),
      },
    ]),
  );
}
