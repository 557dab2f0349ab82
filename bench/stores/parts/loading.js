/** @import { Part } from '../contract.ts' */
import { openStore } from '../../../dist/stores/open-store.js';
import { mixedFlags } from '../../flags/apps.js';
import { gatekeeperDefinitions } from '../../libraries/gatekeeper/definitions.js';
import { quantile, spreadOf } from '../../measure/statistics.js';
import { figure, range } from '../../report/figures.js';
import { now } from '../clock.js';
import { delaysOfSingleWrites } from '../measure/single-writes.js';
import { Child } from '../processes/child.js';

/**
 * How long many flags take to get into a store, out of it when an app starts, and how long a change of one takes among them.
 *
 * @type {Part<{ written: number, loads: readonly number[], changed: readonly number[] }>}
 */
export const loading = {
  name: 'loading',

  async measure({ url, environment }, { flags, loads }) {
    const mixed = mixedFlags(flags, 'flag');
    const store = openStore(url);
    await store.load(environment);
    const start = now();
    await store.apply(environment, JSON.parse(gatekeeperDefinitions(mixed)), { by: 'bench', comment: 'import' });
    const written = now() - start;

    const first = mixed.find(({ kind }) => kind === 'switch');
    const times = [];
    for (let load = 0; load < loads; load += 1) {
      const app = new Child('loading.js', url, environment);
      const { milliseconds, on, ...rest } = await app.ask('load', first?.name);
      await app.end();
      const right = first?.kind !== 'switch' || on === first.on;
      if (!right || rest.flags !== flags || rest.status !== 'ready') {
        throw new Error(`Of ${flags} flags an app loaded ${rest.flags}, the first ${on}, health ${rest.status}.`);
      }
      times.push(milliseconds);
    }
    const changed = await delaysOfSingleWrites(store, { url, environment }, loads);
    await store.close();
    return { written, loads: times, changed };
  },

  rows: ({ flags, loads }) => {
    const many = flags.toLocaleString('en-US');
    return [
      { name: `${many} flags written as one change, ms`, cell: ({ written }) => figure(written) },
      { name: `${many} flags, from gatekeeper() to the first read, ms`, cell: (it) => figure(quantile(it.loads, 0.5)) },
      { name: `  p10–p90 of ${loads}`, cell: (it) => range(spreadOf(it.loads)) },
      {
        name: `one of ${many} flags changed: acknowledged write → served by another process, ms`,
        cell: (it) => figure(quantile(it.changed, 0.5)),
      },
      { name: `  p10–p90 of ${loads}`, cell: (it) => range(spreadOf(it.changed)) },
    ];
  },
};
