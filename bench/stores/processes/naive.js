import pg from 'pg';
import { createClient } from 'redis';
import { TEN_FLAGS } from '../ten-flags.js';

/** @typedef {(flag: string) => Promise<boolean>} RemoteRead */

/**
 * The way without a library: a flag is a row or a key, and is fetched where it is read.
 *
 * @param {string} url
 * @returns {Promise<RemoteRead>}
 */
export function naiveReads(url) {
  return url.startsWith('redis:') ? inRedis(url) : inPostgres(url);
}

/** @param {string} url */
async function inRedis(url) {
  const client = await createClient({ url }).connect();
  for (const { name, on } of TEN_FLAGS) await client.set(`naive:${name}`, String(on));
  return async (/** @type {string} */ flag) => (await client.get(`naive:${flag}`)) === 'true';
}

/** @param {string} connectionString */
async function inPostgres(connectionString) {
  const pool = new pg.Pool({ connectionString });
  await pool.query('CREATE TABLE naive_flags (name text PRIMARY KEY, enabled boolean NOT NULL)');
  for (const { name, on } of TEN_FLAGS) await pool.query('INSERT INTO naive_flags VALUES ($1, $2)', [name, on]);
  return async (/** @type {string} */ flag) => {
    const { rows } = await pool.query('SELECT enabled FROM naive_flags WHERE name = $1', [flag]);
    return rows[0]?.enabled === true;
  };
}
