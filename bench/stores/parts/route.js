/** @import { Part, Row } from '../contract.ts' */
import { openStore } from '../../../dist/stores/open-store.js';
import { quantile, spreadOf } from '../../measure/statistics.js';
import { figure, range } from '../../report/figures.js';
import { CROWD, RouteTimer } from '../measure/route-timer.js';
import { Child } from '../processes/child.js';
import { TEN_FLAGS } from '../ten-flags.js';

/** @typedef {{ latencies: readonly number[], throughputs: readonly number[] }} Times */
/** @typedef {Readonly<Record<string, Times>>} Route */

const WAYS = Object.entries({ none: 'no flags', cached: 'cached', strong: 'strong', naive: 'ten remote reads' });

/**
 * What a request takes whose route reads ten flags, by the way it reads them. The ways take turns.
 *
 * @type {Part<Route>}
 */
export const route = {
  name: 'route',

  async measure({ url, environment, remote }, { rounds }) {
    const store = openStore(url);
    const flags = Object.fromEntries(TEN_FLAGS.map(({ name, on }) => [name, on]));
    await store.apply(environment, { flags }, { by: 'bench' });
    await store.close();
    const apps = new Child('route-server.js', url, environment, String(remote));
    /** @type {Record<string, RouteTimer>} */
    const timers = {};
    for (const [way, port] of Object.entries(await apps.ask('listen'))) timers[way] = await RouteTimer.of(port);
    const turns = Object.values(timers);
    for (let round = 0; round < rounds; round += 1) {
      for (const timer of turns) await timer.round();
      // Nobody is always first.
      turns.push(...turns.splice(0, 1));
    }
    for (const timer of turns) timer.close();
    await apps.end();
    return Object.fromEntries(
      Object.entries(timers).map(([way, { latencies, throughputs }]) => [way, { latencies, throughputs }]),
    );
  },

  rows: () => [...WAYS.flatMap(latencyRows), ...WAYS.flatMap(throughputRows)],
};

/**
 * @param {[string, string]} way
 * @returns {Row<Route>[]}
 */
function latencyRows([way, name]) {
  const row = rowOf(way, ({ latencies }) => latencies);
  return [
    row(`route with ten flags, ${name}: a request now and then, ms`, (all) => figureInMs(quantile(all, 0.5))),
    row('  p10–p90', (all) => `${figureInMs(quantile(all, 0.1))}–${figureInMs(quantile(all, 0.9))}`),
    row('  p99', (all) => figureInMs(quantile(all, 0.99))),
  ];
}

/**
 * @param {[string, string]} way
 * @returns {Row<Route>[]}
 */
function throughputRows([way, name]) {
  const row = rowOf(way, ({ throughputs }) => throughputs);
  return [
    row(`${CROWD} at a time, ${name}: requests/s`, (all) => figure(quantile(all, 0.5))),
    row('  p10–p90', (all) => range(spreadOf(all))),
  ];
}

/**
 * @param {string} way
 * @param {(times: Times) => readonly number[]} values
 * @returns {(name: string, cell: (values: readonly number[]) => string) => Row<Route>}
 */
function rowOf(way, values) {
  return (name, cell) => ({
    name,
    cell(result) {
      const times = result[way];
      return times === undefined ? '—' : cell(values(times));
    },
  });
}

/** @param {number} milliseconds */
function figureInMs(milliseconds) {
  return milliseconds < 10 ? milliseconds.toFixed(2) : figure(milliseconds);
}
