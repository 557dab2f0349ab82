/** @import { Library, Workload } from '../contract.ts' */
/** @import { SubjectReader } from './subject-reader.js' */

/** Nanoseconds that are timed in one go, in one round, and before the first round. */
const SECTION = 200_000;
const ROUND = 3_000_000;
const WARM_UP = 300_000_000;
/** At most so many contexts at once: they should still be in the processor's cache when they are read from. */
const MOST_SUBJECTS = 512;

/** Times one library at one workload. */
export class Stopwatch {
  /** @type {Library} */
  library;
  /** @type {Workload} */
  workload;
  /** @type {SubjectReader} */
  #reader;
  #subjects = 1;
  #reads = 0;
  #hits = 0;

  /**
   * @param {Library} library
   * @param {Workload} workload
   * @param {SubjectReader} reader
   */
  constructor(library, workload, reader) {
    this.library = library;
    this.workload = workload;
    this.#reader = reader;
  }

  /** Reads until V8 has seen enough, and finds out how many reads make a section. */
  async warmUp() {
    for (let spent = 0; spent < WARM_UP; ) {
      const perRead = await this.#time(SECTION);
      spent += perRead * this.#subjects;
      this.#subjects = Math.min(MOST_SUBJECTS, Math.max(1, Math.round(SECTION / perRead)));
    }
  }

  /** @returns {Promise<number>} nanoseconds per read */
  round() {
    return this.#time(ROUND);
  }

  /** The share of all reads so far that gave what was wanted. */
  get share() {
    return this.#hits / this.#reads;
  }

  /** @param {number} nanoseconds at least so many are timed */
  async #time(nanoseconds) {
    let spent = 0;
    let reads = 0;
    while (spent < nanoseconds) {
      const subjects = this.#reader.subjects(this.#subjects);
      const start = performance.now();
      const hits = this.#reader.read(subjects);
      // Awaiting what is no promise would give others a turn, and cost time.
      this.#hits += typeof hits === 'number' ? hits : await hits;
      spent += (performance.now() - start) * 1e6;
      reads += subjects.length;
    }
    this.#reads += reads;
    return spent / reads;
  }
}
