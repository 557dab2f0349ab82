import { now } from '../clock.js';
import { EXPECTED } from '../ten-flags.js';
import { Lane } from './lane.js';

export const CROWD = 50;
/** In one round: requests that come now and then, and for how many milliseconds the crowd comes. */
const NOW_AND_THEN = 40;
const CROWDED = 250;

/** Times one app: requests that come now and then, and a crowd in which each sends the next as soon as it has its answer. */
export class RouteTimer {
  /** Milliseconds. */
  latencies = /** @type {number[]} */ ([]);
  /** Requests per second, round by round. */
  throughputs = /** @type {number[]} */ ([]);
  #lanes;

  /** @param {readonly Lane[]} lanes */
  constructor(lanes) {
    this.#lanes = lanes;
  }

  /**
   * Checks that the app answers what it should, and warms it up.
   *
   * @param {number} port
   */
  static async of(port) {
    const timer = new RouteTimer(await Lane.open(port, CROWD));
    await timer.#crowd();
    await timer.#crowd();
    return timer;
  }

  async round() {
    this.latencies.push(...(await this.#nowAndThen()));
    this.throughputs.push(await this.#crowd());
  }

  close() {
    for (const lane of this.#lanes) lane.close();
  }

  async #nowAndThen() {
    const [lane] = this.#lanes;
    const latencies = [];
    for (let count = 0; lane !== undefined && count < NOW_AND_THEN; count += 1) {
      await new Promise((resolve) => setTimeout(resolve, 3 + Math.random() * 5));
      const start = now();
      await checked(lane);
      latencies.push(now() - start);
    }
    return latencies;
  }

  async #crowd() {
    const start = now();
    let requests = 0;
    await Promise.all(
      this.#lanes.map(async (lane) => {
        while (now() < start + CROWDED) {
          await checked(lane);
          requests += 1;
        }
      }),
    );
    return requests / ((now() - start) / 1_000);
  }
}

/** @param {Lane} lane */
async function checked(lane) {
  const body = await lane.get();
  if (body !== EXPECTED) throw new Error(`A route answered ${body} instead of ${EXPECTED}.`);
}
