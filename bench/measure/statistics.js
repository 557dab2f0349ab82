/** @import { Spread } from '../contract.ts' */

/**
 * The value below which a share of all values lies, interpolated between neighbours.
 *
 * @param {readonly number[]} values
 * @param {number} share from 0 to 1
 */
export function quantile(values, share) {
  const sorted = values.toSorted((a, b) => a - b);
  const place = share * (sorted.length - 1);
  const below = sorted[Math.floor(place)] ?? Number.NaN;
  const above = sorted[Math.ceil(place)] ?? Number.NaN;
  return below + (above - below) * (place - Math.floor(place));
}

/**
 * @param {readonly number[]} values
 * @returns {Spread}
 */
export function spreadOf(values) {
  return { median: quantile(values, 0.5), low: quantile(values, 0.1), high: quantile(values, 0.9) };
}

/**
 * How many times as large the values are, pair by pair: what slows a whole round slows both of a pair.
 *
 * @param {readonly number[]} values
 * @param {readonly number[]} others of the same rounds
 */
export function medianRatio(values, others) {
  return quantile(
    values.map((value, round) => value / (others[round] ?? Number.NaN)),
    0.5,
  );
}
