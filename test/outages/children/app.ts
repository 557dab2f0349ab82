import type { AddressInfo } from 'node:net';
import express from 'express';
import { gatekeeper } from '../../../src/index.js';
import { given, tell } from './settings.js';
import { storeOf } from './store-of.js';

// An app among several on one store. Tells where it is, then the revision of each change.
const { store, consistency } = given<{ readonly consistency: 'cached' | 'strong' }>();
const gk = gatekeeper({ flags: [], store: storeOf(store), consistency });
gk.on('change', ({ revision }) => tell('change', revision));
const app = express()
  .use(gk)
  .get('/', (req, res) => void res.json(req.gk.details('a')));
await gk.ready();
const server = app.listen(0, '127.0.0.1', () => tell('at', (server.address() as AddressInfo).port));
