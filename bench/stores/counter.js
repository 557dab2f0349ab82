/** @import { StoreChange } from '../../dist/index.js' */

/** The flag whose value is a number that only grows: what is read tells which write was seen. */
export const COUNTER = 'counter';

/**
 * @param {number} number from 1
 * @returns {StoreChange}
 */
export function counting(number) {
  return { flags: { [COUNTER]: counterAt(number) } };
}

/** @param {number} number */
export function counterAt(number) {
  return { variants: { on: number, off: 0 } };
}

/** Five to fifty milliseconds, by chance, so that no write keeps step with whatever looks for it. */
export function untilNextWrite() {
  return new Promise((resolve) => setTimeout(resolve, 5 + Math.random() * 45));
}
