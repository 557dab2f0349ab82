/** @import { Stopwatch } from './stopwatch.js' */

/**
 * Times everything round by round, each round in another order: whatever the machine does meanwhile hits all alike.
 *
 * @param {readonly Stopwatch[]} stopwatches
 * @param {number} rounds
 * @param {(done: number) => void} onRound
 * @returns {Promise<Map<Stopwatch, number[]>>} nanoseconds per read, of each round
 */
export async function inRounds(stopwatches, rounds, onRound) {
  const figures = new Map(stopwatches.map((each) => [each, /** @type {number[]} */ ([])]));
  for (let round = 0; round < rounds; round += 1) {
    for (const stopwatch of shuffled(stopwatches)) figures.get(stopwatch)?.push(await stopwatch.round());
    onRound(round + 1);
  }
  return figures;
}

/**
 * @template T
 * @param {readonly T[]} items
 * @returns {T[]}
 */
function shuffled(items) {
  return items
    .map((item) => ({ item, place: Math.random() }))
    .toSorted((a, b) => a.place - b.place)
    .map(({ item }) => item);
}
