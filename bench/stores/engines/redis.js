/** @import { Column } from '../contract.ts' */
import { findExecutable } from './find.js';
import { freePort, Server } from './server.js';

/** @type {Column} */
export const redis = {
  name: 'redis',
  head: 'redis (keeps nothing on disk)',

  async start(folder) {
    const executable = findExecutable('REDIS_SERVER_PATH', ['redis-server', 'valkey-server']);
    if (executable === undefined)
      return 'no redis-server was found; `npm run setup:engines` in the folder above gets it';
    const port = await freePort();
    const settings = { bind: '127.0.0.1', port: String(port), dir: folder, save: '', appendonly: 'no' };
    const args = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, value]);
    const server = new Server(executable, args);
    await server.ready();
    return { url: () => `redis://127.0.0.1:${port}`, remote: true, stop: () => server.stop() };
  },
};
