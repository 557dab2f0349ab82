/** @import { Library, Workload } from '../contract.ts' */
/** @import { SubjectReader } from './subject-reader.js' */

/** Milliseconds: what is timed in one go, in one round, what leads into a round, and what is spent before the first one. */
const SECTION = 0.2;
const ROUND = 1;
const LEAD_IN = 0.5;
const WARM_UP = 300;
/** Making contexts takes longer than reading from them, and is not timed: a round has at most so many sections. */
const MOST_SECTIONS = 40;
/** At most so many contexts at once: they should still be in the processor's cache when they are read from. */
const MOST_SUBJECTS = 128;

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
    const end = performance.now() + WARM_UP;
    while (performance.now() < end) {
      const perRead = await this.#time(ROUND);
      this.#subjects = Math.min(MOST_SUBJECTS, Math.max(1, Math.round((SECTION * 1e6) / perRead)));
    }
  }

  /** @returns {Promise<number>} nanoseconds per read */
  async round() {
    // Others had their turn: what this library needs has to come back into the processor's caches.
    await this.#time(LEAD_IN);
    return this.#time(ROUND);
  }

  /** The share of all reads so far that gave what was wanted. */
  get share() {
    return this.#hits / this.#reads;
  }

  /**
   * @param {number} milliseconds
   * @returns {Promise<number>} nanoseconds per read
   */
  async #time(milliseconds) {
    let spent = 0;
    let reads = 0;
    for (let section = 0; section < MOST_SECTIONS && spent < milliseconds; section += 1) {
      const subjects = await this.#reader.subjects(this.#subjects);
      const start = performance.now();
      const hits = this.#reader.read(subjects);
      // Awaiting what is no promise would give others a turn, and cost time.
      this.#hits += typeof hits === 'number' ? hits : await hits;
      spent += performance.now() - start;
      reads += subjects.length;
    }
    this.#reads += reads;
    return (spent / reads) * 1e6;
  }
}
