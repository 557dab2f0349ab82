import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { gatekeeper } from '../../../src/index.js';
import { given, tell } from './settings.js';
import { storeOf } from './store-of.js';

// Serves one request and closes everything; or closes it in the middle of the first load, while the request still waits. Nothing
// but what was left behind could keep this process then.
const { store, closing } = given<{ readonly closing: 'after the answer' | 'before it' }>();
const logger = { warn: () => undefined, error: () => undefined };
const gk = gatekeeper({ flags: [], store: storeOf(store), readyTimeout: 500, logger, consistency: 'strong' });
const app = express();
const arrived = new Promise<void>((resolve) => {
  app.use((_req, _res, next) => {
    next();
    resolve();
  });
});
app.use(gk).get('/', (req, res) => void res.json(req.gk.details('a')));

const server = app.listen(0, '127.0.0.1');
await once(server, 'listening');
const { port } = server.address() as AddressInfo;
const answer = new Promise<IncomingMessage>((resolve, reject) => {
  get({ host: '127.0.0.1', port, agent: false }, resolve).on('error', reject);
});
if (closing === 'before it') {
  await arrived;
  await gk.close();
}
const { statusCode } = (await answer).resume();
tell('answered', statusCode);
await gk.close();
server.close();
