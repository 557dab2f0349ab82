/** @import { Library, Workload } from '../contract.ts' */
/** @import { Cell } from '../run.js' */
import { OURS } from '../libraries/libraries.js';
import { bytes, figure, range } from './figures.js';
import { verdict } from './goal.js';

const MICROSECOND = 1_000;

/**
 * The lines of one workload: the median, where most rounds lie, how many times ours, bytes allocated.
 *
 * @param {Workload} workload
 * @param {ReadonlyMap<Library, Cell>} cells
 * @param {readonly Library[]} libraries
 */
export function evaluationLines({ name, goal }, cells, libraries) {
  const scale = (goal?.nanoseconds ?? 0) > 10_000 ? MICROSECOND : 1;
  const unit = scale === 1 ? 'ns' : 'µs';
  const all = libraries.map((library) => cells.get(library));
  const scaled = (/** @type {number} */ value) => value / scale;
  const most = goal && goal.nanoseconds / scale;
  const medians = ofOurs(cells, ({ spread }) => scaled(spread.median));
  return [
    [
      `${name}, ${unit}`,
      verdict(most, unit, medians),
      ...all.map((cell) => shown(cell, (it) => figure(scaled(it.spread.median)))),
    ],
    [
      '  p10–p90',
      '',
      ...all.map((cell) =>
        detail(cell, ({ spread: { median, low, high } }) => range({ median, low: scaled(low), high: scaled(high) })),
      ),
    ],
    ['  × gk.for()', '', ...all.map((cell) => detail(cell, ({ ratio }) => (ratio === undefined ? '' : figure(ratio))))],
    [
      '  bytes allocated',
      verdict(
        goal?.bytes,
        'B',
        ofOurs(cells, (it) => it.bytes),
      ),
      ...all.map((cell) => detail(cell, (it) => bytes(it.bytes))),
    ],
  ];
}

/** @typedef {Extract<Cell, { kind: 'measured' }>} Measured */

/**
 * @param {ReadonlyMap<Library, Cell>} cells
 * @param {(cell: Measured) => number} value
 */
function ofOurs(cells, value) {
  return new Map(
    OURS.map((library) => {
      const cell = cells.get(library);
      return [library.name, cell?.kind === 'measured' ? value(cell) : undefined];
    }),
  );
}

/**
 * @param {Cell | undefined} cell
 * @param {(cell: Measured) => string} text
 */
function shown(cell, text) {
  if (cell?.kind === 'measured') return text(cell);
  return cell?.kind === 'wrong' ? 'wrong' : '—';
}

/**
 * @param {Cell | undefined} cell
 * @param {(cell: Measured) => string} text
 */
function detail(cell, text) {
  return cell?.kind === 'measured' ? text(cell) : '';
}
