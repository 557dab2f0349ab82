/** @import { Library, Workload } from '../contract.ts' */
import { inProcess } from './in-process.js';

/**
 * Bytes allocated per read, by the name of the workload.
 *
 * @param {Library} library
 * @param {readonly Workload[]} workloads
 * @returns {Promise<Readonly<Record<string, number>>>}
 */
export async function allocation(library, workloads) {
  const megabytes = 256;
  const answer = await inProcess(
    'allocation-process.js',
    [library.name, ...workloads.map(({ name }) => name)],
    [`--min-semi-space-size=${megabytes}`, `--max-semi-space-size=${megabytes}`],
  );
  return /** @type {Readonly<Record<string, number>>} */ (answer);
}
