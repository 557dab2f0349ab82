import { connect, createServer } from 'node:net';
import { onTestFinished } from 'vitest';
import { originOf } from './server.js';

const HEAD_END = '\r\n\r\n';

/** A reverse proxy on this machine that passes requests on to `upstream`, with the head of each as `edit` makes it. */
export async function reverseProxy(upstream: string, edit: (head: string) => string): Promise<string> {
  const { hostname, port } = new URL(upstream);
  const proxy = createServer((client) => {
    const server = connect(Number(port), hostname);
    onTestFinished(() => void server.destroy());
    for (const socket of [client, server]) socket.on('error', () => undefined);
    let head = '';
    const onData = (chunk: Buffer): void => {
      head += chunk.toString('latin1');
      const end = head.indexOf(HEAD_END);
      if (end < 0) return;
      client.off('data', onData);
      server.write(edit(head.slice(0, end)) + head.slice(end), 'latin1');
      client.pipe(server);
    };
    client.on('data', onData);
    server.pipe(client);
  });
  return originOf(proxy);
}

/** Replaces a header of the head, or adds it. */
export function withHeader(name: string, value: string): (head: string) => string {
  return (head) => {
    const others = head.split('\r\n').filter((line) => !line.toLowerCase().startsWith(`${name.toLowerCase()}:`));
    return [...others, `${name}: ${value}`].join('\r\n');
  };
}
