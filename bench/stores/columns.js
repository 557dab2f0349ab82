import { file, sqlite } from './engines/embedded.js';
import { postgres } from './engines/postgres.js';
import { redis } from './engines/redis.js';

export const COLUMNS = [sqlite, postgres, redis, file];
