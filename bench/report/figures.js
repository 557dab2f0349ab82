/** @import { Spread } from '../contract.ts' */

/**
 * Three digits are all that such measurements are good for.
 *
 * @param {number} value
 */
export function figure(value) {
  if (value >= 10) return Math.round(value).toLocaleString('en-US');
  return value.toFixed(1);
}

/** @param {Spread} spread */
export function range({ low, high }) {
  return `${figure(low)}–${figure(high)}`;
}

/**
 * A whole number of bytes; less than half a byte per read is what measuring leaves.
 *
 * @param {number} value
 */
export function bytes(value) {
  return Math.max(0, Math.round(value)).toLocaleString('en-US');
}
