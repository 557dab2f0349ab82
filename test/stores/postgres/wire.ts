import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';

/** A port that takes connections and never says a word. */
export async function aBlackHole(): Promise<string> {
  const { url } = await listening((socket) => socket.resume());
  return url;
}

/** A port that nobody listens at. */
export async function aRefusedPort(): Promise<string> {
  const { url, server } = await listening((socket) => socket.destroy());
  server.close();
  await once(server, 'close');
  return url;
}

interface Wire {
  readonly url: string;
  freeze(): void;
  /** Carries this text as the last thing. */
  freezeAfter(text: string): void;
  thaw(): void;
}

/** A wire to a server that can be made to carry nothing, without either end being told. */
export async function aWire(port: number): Promise<Wire> {
  let frozen = false;
  let last: string | undefined;
  const { url } = await listening((near) => {
    const far = connect(port, '127.0.0.1');
    carry(near, far);
    carry(far, near);
  });
  function carry(from: Socket, to: Socket): void {
    from.on('data', (chunk) => {
      if (!frozen) to.write(chunk);
      if (last !== undefined && chunk.includes(last)) frozen = true;
    });
    from.on('close', () => to.destroy());
    from.on('error', () => to.destroy());
  }
  return {
    url,
    freeze: () => {
      frozen = true;
    },
    freezeAfter: (text) => {
      last = text;
    },
    thaw: () => {
      frozen = false;
      last = undefined;
    },
  };
}

async function listening(onConnection: (socket: Socket) => void): Promise<{ url: string; server: Server }> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    onConnection(socket);
  }).listen(0, '127.0.0.1');
  onTestFinished(() => {
    server.close();
    for (const socket of sockets) socket.destroy();
  });
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return { url: `postgres://postgres@127.0.0.1:${address.port}/postgres`, server };
}
