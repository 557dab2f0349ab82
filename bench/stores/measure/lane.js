import { once } from 'node:events';
import { connect } from 'node:net';

/**
 * One kept-alive connection over which one request follows the other. It does as little as a client can, since what it does is done
 * by one of the processors that the app needs.
 */
export class Lane {
  #socket;
  #received = '';
  /** @type {{ resolve(body: string): void, reject(error: Error): void } | undefined} */
  #waiting;

  /** @param {number} port */
  constructor(port) {
    this.#socket = connect({ port, host: '127.0.0.1', noDelay: true }).setEncoding('latin1');
    this.#socket.on('data', (/** @type {string} */ text) => this.#receive(text));
    this.#socket.on('error', (error) => this.#waiting?.reject(error));
    this.#socket.on('close', () => this.#waiting?.reject(new Error('The app closed the connection.')));
  }

  /**
   * @param {number} port
   * @param {number} count
   */
  static async open(port, count) {
    const lanes = Array.from({ length: count }, () => new Lane(port));
    await Promise.all(lanes.map((lane) => once(lane.#socket, 'connect')));
    return lanes;
  }

  /** @returns {Promise<string>} the body of the answer to `GET /` */
  get() {
    return new Promise((resolve, reject) => {
      if (this.#socket.destroyed) throw new Error('The app has closed the connection.');
      this.#waiting = { resolve, reject };
      this.#socket.write('GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n');
    });
  }

  close() {
    this.#socket.destroy();
  }

  /** @param {string} text */
  #receive(text) {
    this.#received += text;
    const headEnd = this.#received.indexOf('\r\n\r\n');
    if (headEnd < 0) return;
    const head = this.#received.slice(0, headEnd);
    const length = Number(/\ncontent-length: (\d+)/i.exec(head)?.[1]);
    const body = this.#received.slice(headEnd + 4);
    if (body.length < length) return;
    this.#received = '';
    const waiting = this.#waiting;
    this.#waiting = undefined;
    if (head.startsWith('HTTP/1.1 200')) waiting?.resolve(body);
    else waiting?.reject(new Error(`The app answered ${head.slice(0, head.indexOf('\r'))}: ${body}`));
  }
}
