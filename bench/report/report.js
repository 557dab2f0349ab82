/** @import { Results } from '../run.js' */
import { evaluationLines } from './evaluation-lines.js';
import { loadingLines } from './loading-lines.js';
import { Table } from './table.js';

/**
 * The whole result: one table, and below it what was not measured and why.
 *
 * @param {Results} results
 */
export function report({ libraries, rows, loads }) {
  const table = new Table(['', 'goal', ...libraries.map(({ name }) => name)]);
  for (const { workload, cells } of rows) {
    for (const line of evaluationLines(workload, cells, libraries)) table.add(line);
  }
  for (const line of loadingLines(loads, libraries)) table.add(line);
  return [table, ...remarks(rows)].join('\n');
}

/** @param {Results['rows']} rows */
function remarks(rows) {
  const wrong = rows.flatMap(({ workload, cells }) =>
    [...cells].flatMap(([{ name }, cell]) =>
      cell.kind === 'wrong' ? [`${name} decides wrongly in "${workload.name}": ${cell.why}.`] : [],
    ),
  );
  const lacking = rows.flatMap(({ cells }) =>
    [...cells].flatMap(([{ name }, cell]) => (cell.kind === 'lacking' ? [`— ${name} ${cell.why}.`] : [])),
  );
  const all = [...wrong, ...new Set(lacking)];
  return all.length === 0 ? [] : ['', ...all];
}
