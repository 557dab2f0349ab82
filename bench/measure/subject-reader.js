/** @import { Library, Loaded, User, Workload } from '../contract.ts' */
import { freshCopy } from './fresh-copy.js';
import { count, countAwaiting } from './loops.js';

/** One library doing one workload: makes what is read from, and reads. */
export class SubjectReader {
  /** @type {Workload} */
  #workload;
  /** @type {Loaded} */
  #loaded;
  /** @type {(from: never) => unknown} */
  #read;
  /** @type {typeof count | typeof countAwaiting} */
  #loop;
  #nextUser = 0;

  /**
   * @param {Library} library
   * @param {Workload} workload
   * @param {Loaded} loaded
   */
  constructor(library, workload, loaded) {
    this.#workload = workload;
    this.#loaded = loaded;
    this.#read = freshCopy(workload.reading)(loaded, workload.flag);
    this.#loop = freshCopy(library.asynchronous ? countAwaiting : count);
  }

  /**
   * Contexts, or what is there before them, for the next users in turn. Each is read from once.
   *
   * @param {number} number
   * @returns {Promise<never[]>}
   */
  async subjects(number) {
    const subjects = Array.from({ length: number }, () => /** @type {never} */ (this.#subject(this.#nextOne())));
    if (this.#workload.reads === 'used context') await this.#use(subjects);
    return subjects;
  }

  /**
   * @param {never[]} subjects
   * @returns {number | Promise<number>} how many gave what is wanted
   */
  read(subjects) {
    return this.#loop(this.#read, subjects, this.#workload.wanted);
  }

  /** @param {User} user */
  #subject(user) {
    const arrival = this.#loaded.arrive === undefined ? user : this.#loaded.arrive(user);
    return this.#workload.reads === 'arrival' ? arrival : this.#loaded.context(arrival);
  }

  /** @param {never[]} contexts */
  async #use(contexts) {
    for (const context of contexts) await this.#loaded.isOn(context, this.#workload.before ?? this.#workload.flag);
  }

  #nextOne() {
    const { users } = this.#workload;
    const user = users[this.#nextUser];
    this.#nextUser = (this.#nextUser + 1) % users.length;
    if (user === undefined) throw new RangeError(`The workload "${this.#workload.name}" has no users.`);
    return user;
  }
}
