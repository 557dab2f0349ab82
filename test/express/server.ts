import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo, Server } from 'node:net';
import { onTestFinished } from 'vitest';

/** Serves an app on this machine alone for as long as the running test; gives its origin. */
export async function serve(app: RequestListener): Promise<string> {
  const server = createServer(app);
  onTestFinished(() => server.closeAllConnections());
  return originOf(server);
}

/** Starts any server for the running test. */
export async function originOf(server: Server): Promise<string> {
  onTestFinished(() => void server.close());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
