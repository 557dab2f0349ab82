import { gatekeeper } from '../../../dist/index.js';
import { counterAt } from '../counter.js';
import { answering } from './answering.js';

/*
 * An app that changes a flag of its own.
 */
const [store = '', environment = '', flag = ''] = process.argv.slice(2);
const gk = gatekeeper({ store, environment, readyTimeout: 30_000 });

answering({
  ready: () => gk.ready(),
  /** How long each change took, in milliseconds. */
  async change(/** @type {number} */ times) {
    const took = [];
    for (let number = 1; number <= times; number += 1) {
      const start = performance.now();
      await gk.update(flag, counterAt(number), { by: flag, comment: `change ${number}` });
      took.push(performance.now() - start);
      const value = gk.for().value(flag, 0);
      if (value !== number) throw new Error(`${flag} was changed to ${number} and is ${value} here.`);
    }
    return took;
  },
});
