/*
 * The loops around what is timed. Counting keeps results from being optimized away, and tells whether what was timed gave what
 * was checked. Copied by their text, as everything in the timed part is.
 */

/**
 * @param {(from: never) => unknown} read
 * @param {readonly never[]} subjects
 * @param {unknown} wanted
 */
export function count(read, subjects, wanted) {
  let hits = 0;
  for (let index = 0; index < subjects.length; index += 1) {
    if (read(/** @type {never} */ (subjects[index])) === wanted) hits += 1;
  }
  return hits;
}

/**
 * @param {(from: never) => unknown} read
 * @param {readonly never[]} subjects
 * @param {unknown} wanted
 */
export async function countAwaiting(read, subjects, wanted) {
  let hits = 0;
  for (let index = 0; index < subjects.length; index += 1) {
    if ((await read(/** @type {never} */ (subjects[index]))) === wanted) hits += 1;
  }
  return hits;
}
