import { gatekeeper } from '../../../dist/index.js';
import { answering } from './answering.js';

/*
 * An app that starts: from the creation of the middleware to the first flag read.
 */
const [store = '', environment = ''] = process.argv.slice(2);

answering({
  async load(/** @type {string} */ flag) {
    const start = performance.now();
    const gk = gatekeeper({ store, environment, readyTimeout: 60_000 });
    await gk.ready();
    const on = gk.for({ userId: 'somebody' }).isEnabled(flag);
    const milliseconds = performance.now() - start;
    const flags = Object.keys(gk.for().all()).length;
    const { status } = gk.health();
    await gk.close();
    return { milliseconds, on, flags, status };
  },
});
