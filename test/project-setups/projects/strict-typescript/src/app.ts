import type { AddressInfo } from 'node:net';
import express from 'express';
import { gatekeeper } from 'express-gatekeeper';
import { dashboard } from 'express-gatekeeper/dashboard';
import { flags } from './flags.js';

const BANNERS = { SPRING: () => 'It is spring', SUMMER: () => 'It is summer', NONE: () => '' };

const app = express();
const gk = gatekeeper({
  flags,
  userId: (req) => req.get('x-user'),
  browserOverrides: { secret: 'only for this test', allow: () => true },
});
app.use(gk);
app.get('/', (req, res) => {
  res.send(req.gk.match('GREETING', { WARM: () => 'Welcome back!', COOL: () => 'Hello.' }));
});
app.get('/data', ({ gk }, res) => {
  const size: number = gk.value('page-size', 20);
  res.json([gk.ff('dark_mode', 'on'), gk.ffVariant('banner'), size, gk.match('banner', BANNERS)]);
});
app.use('/gatekeeper', dashboard(gk, { authorize: () => ({ by: 'staff', can: ['view', 'override'] }) }));

const server = app.listen(0, '127.0.0.1', () => {
  console.log(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});
