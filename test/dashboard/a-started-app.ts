import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Express } from 'express';
import { afterAll, beforeAll } from 'vitest';

/** One app for all tests of a `describe`: gives its origin, once it is started. */
export function aStartedApp(make: () => Express): () => string {
  let server: Server | undefined;
  let origin = '';
  beforeAll(async () => {
    server = make().listen(0, '127.0.0.1');
    await once(server, 'listening');
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => void server?.close());
  return () => origin;
}
