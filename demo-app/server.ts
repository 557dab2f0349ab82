import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { GatekeeperError } from 'express-gatekeeper';
import { openStore } from 'express-gatekeeper/stores';
import { createApp } from './app.js';
import { commandFor, DEFAULT_STORE, environmentHere, fillPatiently } from './flag-store.js';

const { PORT = '3000', HOST = '127.0.0.1', SHOP_SECRET } = process.env;
const STORE = process.env['STORE'] || DEFAULT_STORE;

/** How long the shop stays shut for a store that does not answer. Then it opens, with its flags as the code has them. */
const PATIENCE = 1_000;

const open = new AbortController();
try {
  const store = openStore(STORE);
  const filled = fillPatiently(store, open.signal, say).finally(() => store.close());
  await Promise.race([filled, pause(PATIENCE)]);
  welcome(createApp({ secret: SHOP_SECRET, store: STORE, signal: open.signal }).listen(Number(PORT), HOST));
} catch (error) {
  if (!(error instanceof GatekeeperError)) throw error;
  say(`The shop stays shut. ${error.message}`);
  open.abort();
  process.exitCode = 1;
}

function welcome(server: Server): void {
  server.once('listening', () => {
    const { port } = server.address() as AddressInfo;
    const shop = `http://${HOST.includes(':') ? `[${HOST}]` : HOST}:${port}`;
    process.stdout.write(`
  Marginalia is open.

    the shop           ${shop}
    its flags          ${shop}/gatekeeper
    what to try first  ${shop}/tour

  Change a flag from a second terminal, and reload:

    ${commandFor(STORE, environmentHere())('set theme/dark on')}

  A second shop on the same flags: PORT=${port + 1} npm run demo
  Another store: STORE=postgres://…, STORE=redis://…, or STORE=file:demo-app/flags.yaml to edit the file itself.
  Ctrl-C closes it.

`);
  });

  server.once('error', (error: NodeJS.ErrnoException) => {
    const taken = error.code === 'EADDRINUSE';
    say(
      taken
        ? `Port ${PORT} is taken. Choose another: PORT=${Number(PORT) + 1} npm run demo`
        : `The shop cannot listen on ${HOST}:${PORT}: ${error.message}`,
    );
    open.abort();
    process.exitCode = 1;
  });

  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      open.abort();
      server.close();
      server.closeAllConnections();
    });
  }
}

function say(text: string): void {
  process.stderr.write(`\n  ${text}\n\n`);
}
