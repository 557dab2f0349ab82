/** @import { Counts } from './contract.ts' */
/** @import { Results } from './run.js' */
import { Table } from '../report/table.js';

/**
 * One table, and below it what was left out and why.
 *
 * @param {Results} results
 * @param {Counts} counts
 */
export function report({ columns, measured, remarks }, counts) {
  const table = new Table(['', 'goal', ...columns.map(({ head }) => head)]);
  for (const { part, results } of measured) {
    for (const row of part.rows(counts)) {
      table.add([row.name, row.goal?.(results) ?? '', ...columns.map(({ name }) => row.cell(results.get(name)))]);
    }
  }
  return [table, ...(remarks.length === 0 ? [] : ['', ...remarks])].join('\n');
}
