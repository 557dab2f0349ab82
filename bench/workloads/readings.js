/** @import { Loaded } from '../contract.ts' */

/*
 * What is timed, as an app would write it. These functions are copied by their text, one copy per library, so they use
 * nothing but what they are given.
 */

/**
 * @param {Loaded} loaded
 * @param {string} flag
 */
export function isOn({ isOn: read }, flag) {
  return (/** @type {never} */ context) => read(context, flag);
}

/**
 * @param {Loaded} loaded
 * @param {string} flag
 */
export function contextAndIsOn({ context: contextOf, isOn: read }, flag) {
  return (/** @type {never} */ arrival) => read(contextOf(arrival), flag);
}

/**
 * @param {Loaded} loaded
 * @param {string} flag
 */
export function variant({ variant: read }, flag) {
  return (/** @type {never} */ context) => read(context, flag);
}

/**
 * @param {Loaded} loaded
 * @param {string} flag
 */
export function allAndOne({ all, one }, flag) {
  return (/** @type {never} */ context) => one(all(context), flag);
}
