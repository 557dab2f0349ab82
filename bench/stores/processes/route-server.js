/** @import { Express } from 'express' */
import express from 'express';
import { gatekeeper } from '../../../dist/index.js';
import { TEN_FLAGS } from '../ten-flags.js';
import { answering } from './answering.js';
import { listening } from './listening.js';
import { naiveReads } from './naive.js';

/*
 * The same route four times: without flags, with them in both modes, and with a remote read for each.
 */
const [store = '', environment = '', remote = ''] = process.argv.slice(2);

function withoutFlags() {
  return express().get('/', (_request, response) => {
    response.json(Object.fromEntries(TEN_FLAGS.map(({ name, on }) => [name, on])));
  });
}

/** @param {'cached' | 'strong'} consistency */
async function withGatekeeper(consistency) {
  const gk = gatekeeper({
    store,
    environment,
    consistency,
    browserOverrides: { secret: 'benchmark' },
    readyTimeout: 30_000,
  });
  await gk.ready();
  const app = express();
  app.use(gk);
  return app.get('/', ({ gk }, response) => {
    response.json(Object.fromEntries(TEN_FLAGS.map(({ name }) => [name, gk.isEnabled(name)])));
  });
}

async function withRemoteReads() {
  const read = await naiveReads(store);
  return express().get('/', async (_request, response) => {
    /** @type {Record<string, boolean>} */
    const flags = {};
    for (const { name } of TEN_FLAGS) flags[name] = await read(name);
    response.json(flags);
  });
}

answering({
  /** The ports, by the way flags are read. */
  async listen() {
    /** @type {Record<string, Express>} */
    const apps = {
      none: withoutFlags(),
      cached: await withGatekeeper('cached'),
      strong: await withGatekeeper('strong'),
      ...(remote === 'true' ? { naive: await withRemoteReads() } : {}),
    };
    const ports = Object.entries(apps).map(async ([way, app]) => /** @type {const} */ ([way, await listening(app)]));
    return Object.fromEntries(await Promise.all(ports));
  },
});
