/** @import { Library, Spread } from '../contract.ts' */
/** @import { Loading } from '../memory/loading.js' */
import { OURS } from '../libraries/libraries.js';
import { MANY_FLAGS } from '../memory/loading.js';
import { figure, range } from './figures.js';
import { verdict } from './goal.js';

const GOAL = { milliseconds: 40, bytesPerFlag: 600 };

/**
 * The lines about many flags: how long they take to load, and how much room.
 *
 * @param {ReadonlyMap<Library, Loading>} loads
 * @param {readonly Library[]} libraries
 */
export function loadingLines(loads, libraries) {
  if (loads.size === 0) return [];
  return [
    ...lines('load', 'ms', GOAL.milliseconds, loads, libraries, ({ milliseconds }) => milliseconds),
    ...lines('heap per flag', 'B', GOAL.bytesPerFlag, loads, libraries, ({ bytesPerFlag }) => bytesPerFlag),
  ];
}

/**
 * @param {string} what
 * @param {string} unit
 * @param {number} goal
 * @param {ReadonlyMap<Library, Loading>} loads
 * @param {readonly Library[]} libraries
 * @param {(load: Loading) => Spread} spread
 */
function lines(what, unit, goal, loads, libraries, spread) {
  const spreads = libraries.map((library) => {
    const load = loads.get(library);
    return load && spread(load);
  });
  const ours = new Map(OURS.map((library) => [library.name, spreads[libraries.indexOf(library)]?.median]));
  const name = `${MANY_FLAGS.toLocaleString('en-US')} flags, ${what}, ${unit}`;
  return [
    [name, verdict(goal, unit, ours), ...spreads.map((it) => (it ? figure(it.median) : '—'))],
    ['  p10–p90', '', ...spreads.map((it) => (it ? range(it) : ''))],
  ];
}
