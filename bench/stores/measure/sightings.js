/** @import { Answered, Sighting } from '../contract.ts' */

/**
 * How long after each write it was seen. Two writes may be seen as one: who sees the second has seen the first. Below zero for
 * one that was seen elsewhere before whoever wrote it was told that it is done.
 *
 * @param {readonly Sighting[]} written in the order they were written
 * @param {readonly Sighting[]} seen in the order they were seen
 * @returns {number[]} milliseconds
 */
export function delays(written, seen) {
  let next = 0;
  return written.map(({ number, at }) => {
    while (next < seen.length && /** @type {Sighting} */ (seen[next]).number < number) next += 1;
    const sighting = seen[next];
    if (sighting === undefined) throw new Error(`The write of ${number} was never seen.`);
    return sighting.at - at;
  });
}

/**
 * The answers to requests that started after a write was acknowledged, and did not know of it though they did not say that they
 * may be behind.
 *
 * @param {readonly Sighting[]} written in the order they were acknowledged
 * @param {readonly Answered[]} answers each with the moment its request was sent
 * @returns {Answered[]}
 */
export function lateAnswers(written, answers) {
  return answers.filter(({ number, at, stale }) => !stale && number < numberAt(written, at));
}

/**
 * The last number acknowledged at a moment.
 *
 * @param {readonly Sighting[]} written
 * @param {number} moment
 */
function numberAt(written, moment) {
  let [low, high] = [0, written.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (/** @type {Sighting} */ (written[middle]).at <= moment) low = middle + 1;
    else high = middle;
  }
  return written[low - 1]?.number ?? 0;
}
