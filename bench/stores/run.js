/** @import { Column, Counts, Part, Running } from './contract.ts' */
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** @typedef {{ part: Part<unknown>, results: Map<string, unknown> }} Measured */
/** @typedef {{ columns: readonly Column[], measured: readonly Measured[], remarks: readonly string[] }} Results */

/**
 * Measures each part with each store in turn. What runs meanwhile is one store's server, and what the part starts.
 *
 * @param {readonly Column[]} asked
 * @param {readonly Part<unknown>[]} parts
 * @param {Counts} counts
 * @param {(progress: string) => void} tell
 * @returns {Promise<Results>}
 */
export async function run(asked, parts, counts, tell) {
  const measured = parts.map((part) => ({ part, results: new Map() }));
  const columns = [];
  const remarks = [];
  for (const column of asked) {
    // One for each: that of Postgres has to belong to whom it runs as, and so has the way to it.
    const folder = realpathSync(mkdtempSync(join(tmpdir(), `gatekeeper-bench-${column.name}-`)));
    const remove = () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    process.once('exit', remove);
    try {
      tell(`${column.name}: starting`);
      const running = await column.start(folder);
      if (typeof running === 'string') {
        remarks.push(`${column.name} is left out: ${running}.`);
        continue;
      }
      columns.push(column);
      try {
        for (const { part, results } of measured) {
          tell(`${column.name}: ${part.name}`);
          results.set(column.name, await part.measure(placeOf(running, part.name), counts));
        }
      } finally {
        await running.stop();
      }
    } finally {
      process.removeListener('exit', remove);
      remove();
    }
  }
  return { columns, measured, remarks };
}

/**
 * @param {Running} running
 * @param {string} part
 */
function placeOf({ url, remote }, part) {
  return { url: url(part), environment: part, remote };
}
