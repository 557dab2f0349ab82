/** @import { Counts } from './contract.ts' */

/**
 * How much is measured: with a scale of 1 for about three minutes in all.
 *
 * @param {number} scale
 * @returns {Counts}
 */
export function countsAt(scale) {
  const scaled = (/** @type {number} */ count) => Math.max(1, Math.round(count * scale));
  return {
    writes: scaled(200),
    singleWrites: scaled(30),
    writesUnderLoad: scaled(120),
    rounds: scaled(5),
    flags: 10_000,
    loads: scaled(3),
    // Ten processes share them.
    changes: scaled(100) * 10,
  };
}
