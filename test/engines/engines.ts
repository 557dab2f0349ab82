import type { Engine } from './engine.js';

export const chromiumEngine: Engine = {
  name: 'Chromium',
  variable: 'CHROMIUM_PATH',
  commands: ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'],
  aptPackage: 'chromium',
};

export const redisEngine: Engine = {
  name: 'Redis',
  variable: 'REDIS_SERVER_PATH',
  commands: ['redis-server', 'valkey-server'],
  aptPackage: 'redis-server',
};

/** Its `initdb` is expected beside it. */
export const postgresEngine: Engine = {
  name: 'Postgres',
  variable: 'POSTGRES_PATH',
  commands: ['postgres'],
  // Debian keeps its versions apart and puts none of them on the path.
  folders: '/usr/lib/postgresql/*/bin',
  aptPackage: 'postgresql',
};

/** What `npm run setup:engines` makes available. */
export const engines: readonly Engine[] = [chromiumEngine, redisEngine, postgresEngine];
