/** @import { Express } from 'express' */
/** @import { AddressInfo } from 'node:net' */
import { once } from 'node:events';

/**
 * @param {Express} app
 * @returns {Promise<number>} the port it listens on
 */
export async function listening(app) {
  const server = app.listen(0, '127.0.0.1');
  // The ways to be compared take turns: a connection may be quiet for long.
  server.keepAliveTimeout = 0;
  await once(server, 'listening');
  return /** @type {AddressInfo} */ (server.address()).port;
}
