/** @import { Absence, Flag, Library, Loaded, Workload } from '../contract.ts' */
import { lacking, wrong } from './check.js';
import { Stopwatch } from './stopwatch.js';
import { SubjectReader } from './subject-reader.js';

/** The libraries with their flags loaded: once per library and set of flags. */
export class Instances {
  /** @type {Map<Library, Map<readonly Flag[], Loaded>>} */
  #loaded = new Map();

  /**
   * @param {Library} library
   * @param {readonly Flag[]} flags those of a kind that the library lacks are left out
   */
  async get(library, flags) {
    const ofLibrary = this.#loaded.get(library) ?? new Map();
    this.#loaded.set(library, ofLibrary);
    const known = ofLibrary.get(flags);
    if (known !== undefined) return known;
    const loaded = await library.load(library.definitions(flagsFor(library, flags)));
    ofLibrary.set(flags, loaded);
    return loaded;
  }

  async close() {
    for (const ofLibrary of this.#loaded.values()) {
      for (const loaded of ofLibrary.values()) await loaded.close?.();
    }
  }
}

/**
 * @param {Library} library
 * @param {readonly Flag[]} flags
 */
export function flagsFor({ lacks = {} }, flags) {
  return flags.filter(({ kind }) => lacks[kind] === undefined);
}

/**
 * A stopwatch for each library that does the workload, and does it right; else the reason why not.
 *
 * @param {Library} library
 * @param {Workload} workload
 * @param {Instances} instances
 * @returns {Promise<Stopwatch | Absence>}
 */
export async function prepare(library, workload, instances) {
  const missing = lacking(library, workload);
  if (missing !== undefined) return missing;
  const loaded = await instances.get(library, workload.flags);
  const problem = await wrong(library, workload, loaded);
  return problem ?? new Stopwatch(library, workload, new SubjectReader(library, workload, loaded));
}
