/** @import { Absence, Library, Loaded, Workload } from '../contract.ts' */
import { SubjectReader } from './subject-reader.js';

/**
 * What a library lacks for a workload.
 *
 * @param {Library} library
 * @param {Workload} workload
 * @returns {Absence | undefined}
 */
export function lacking({ lacks = {} }, workload) {
  const missing = workload.needs.find((kind) => lacks[kind] !== undefined);
  return missing && { kind: 'lacking', why: lacks[missing] ?? '' };
}

/**
 * Whether a library decides rightly. Nothing is timed that does not.
 *
 * @param {Library} library
 * @param {Workload} workload
 * @param {Loaded} loaded
 * @returns {Promise<Absence | undefined>}
 */
export async function wrong(library, workload, loaded) {
  const reader = new SubjectReader(library, workload, loaded);
  const users = workload.users.length;
  const share = (await reader.read(await reader.subjects(users))) / users;
  const why = shareProblem(workload, share) ?? (await workload.oracle?.(loaded));
  return why === undefined ? undefined : { kind: 'wrong', why };
}

/**
 * @param {Workload} workload
 * @param {number} share of the reads that gave what is wanted
 */
export function shareProblem({ wanted, share: [least, most] }, share) {
  if (share >= least && share <= most) return undefined;
  const bounds = least === most ? `${least}` : `between ${least} and ${most}`;
  return `a share of ${share} gets ${wanted}; it should be ${bounds}`;
}
