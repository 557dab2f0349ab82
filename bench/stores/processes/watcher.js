/** @import { Sighting } from '../contract.ts' */
import { gatekeeper } from '../../../dist/index.js';
import { now } from '../clock.js';
import { COUNTER } from '../counter.js';
import { answering } from './answering.js';

/*
 * An app beside the one that writes: it notes when it serves a new number.
 */
const [store = '', environment = ''] = process.argv.slice(2);
const gk = gatekeeper({ store, environment, readyTimeout: 30_000 });

/** @type {Sighting[]} */
const seen = [];
let told = () => {};

gk.on('change', () => {
  const number = gk.for().value(COUNTER, 0);
  seen.push({ number, at: now() });
  told();
});

answering({
  ready: () => gk.ready(),
  /** Answered once this was seen. */
  async seen(/** @type {number} */ number) {
    while ((seen.at(-1)?.number ?? 0) < number) {
      await new Promise((resolve) => {
        told = () => resolve(undefined);
      });
    }
  },
  all: () => seen,
});
