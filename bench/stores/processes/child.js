import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** A process of its own that runs a file of this folder, and answers. */
export class Child {
  #process;
  #file;
  #ended;

  /**
   * @param {string} file
   * @param {readonly string[]} args
   */
  constructor(file, ...args) {
    this.#file = file;
    this.#process = fork(fileURLToPath(new URL(file, import.meta.url)), args, {
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      serialization: 'advanced',
    });
    this.#ended = once(this.#process, 'exit');
  }

  /**
   * What it answers to a question. One is asked at a time; the first may be asked at once, it waits until the process listens.
   *
   * @param {string} question
   * @param {unknown} about
   * @returns {Promise<any>}
   */
  async ask(question, about = undefined) {
    const answered = once(this.#process, 'message');
    this.#process.send({ question, about });
    const message = await Promise.race([answered, this.#ended.then(() => undefined)]);
    if (message === undefined) throw new Error(`${this.#file} ended before it answered "${question}".`);
    const [{ answer, error }] = message;
    if (error !== undefined) throw new Error(`${this.#file}: ${error}`);
    return answer;
  }

  async end() {
    if (this.#process.connected) this.#process.disconnect();
    await this.#ended;
  }
}
