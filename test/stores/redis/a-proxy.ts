import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';

interface Proxy {
  readonly url: string;
  /** From now on nothing passes, and nobody hears that it does not. */
  readonly freeze: () => void;
  /** Lets new connections pass again. Frozen ones stay frozen. */
  readonly thaw: () => void;
}

/** A way to a server that can go silent; without a port behind it, it is silent from the start. */
export async function aProxy(port?: number): Promise<Proxy> {
  const sockets = new Set<Socket>();
  let frozen = port === undefined;
  const server = createServer((near) => {
    sockets.add(near.on('error', () => undefined));
    if (frozen || port === undefined) return;
    const far = connect(port, '127.0.0.1').on('error', () => near.destroy());
    sockets.add(far);
    near.pipe(far).pipe(near);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(async () => {
    for (const socket of sockets) socket.destroy();
    server.close();
    await once(server, 'close');
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the proxy has no port');
  return {
    url: `redis://127.0.0.1:${address.port}`,
    freeze() {
      frozen = true;
      for (const socket of sockets) socket.unpipe().pause();
    },
    thaw() {
      frozen = false;
    },
  };
}
