import type { AddressInfo } from 'node:net';
import { join, relative } from 'node:path';
import { createApp } from './app.js';

const { PORT = '3000', HOST = '127.0.0.1', SHOP_SECRET } = process.env;

const flagsFile = join(import.meta.dirname, 'flags.yaml');
const open = new AbortController();
const app = createApp({ secret: SHOP_SECRET, flagsFile, signal: open.signal });
const server = app.listen(Number(PORT), HOST);

server.once('listening', () => {
  const { port } = server.address() as AddressInfo;
  const shop = `http://${HOST.includes(':') ? `[${HOST}]` : HOST}:${port}`;
  process.stdout.write(`
  Marginalia is open.

    the shop           ${shop}
    its flags          ${shop}/gatekeeper
    what to try first  ${shop}/tour

  Edit ${relative(process.cwd(), flagsFile)} while it is open: the shop follows within a second.
  Ctrl-C closes it.

`);
});

server.once('error', (error: NodeJS.ErrnoException) => {
  const taken = error.code === 'EADDRINUSE';
  process.stderr.write(
    taken
      ? `\n  Port ${PORT} is taken. Choose another: PORT=3001 npm run demo\n\n`
      : `\n  The shop cannot listen on ${HOST}:${PORT}: ${error.message}\n\n`,
  );
  process.exitCode = 1;
});

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    open.abort();
    server.close();
    server.closeAllConnections();
  });
}
