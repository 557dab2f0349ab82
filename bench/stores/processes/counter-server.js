import express from 'express';
import { gatekeeper } from '../../../dist/index.js';
import { COUNTER } from '../counter.js';
import { answering } from './answering.js';
import { listening } from './listening.js';

/*
 * An app that answers with the number it sees.
 */
const [store = '', environment = '', consistency = ''] = process.argv.slice(2);
const gk = gatekeeper({
  store,
  environment,
  consistency: /** @type {'cached' | 'strong'} */ (consistency),
  browserOverrides: false,
  readyTimeout: 30_000,
});

const app = express();
app.use(gk);
app.get('/', (request, response) => {
  const { value, stale } = request.gk.details(COUNTER);
  response.json({ number: value, stale });
});

answering({
  // At once, as apps do: requests wait for the first load.
  listen: () => listening(app),
});
