/** @import { Column } from '../contract.ts' */
import { spawnSync } from 'node:child_process';
import { chownSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { binFoldersIn, findExecutable } from './find.js';
import { freePort, Server } from './server.js';

/** Postgres refuses to run as root: then it runs as `nobody`. */
const NOBODY = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};

/** @type {Column} */
export const postgres = {
  name: 'postgres',
  head: 'postgres (fsync on)',

  async start(folder) {
    const found = findExecutable('POSTGRES_PATH', ['postgres'], binFoldersIn('/usr/lib/postgresql'));
    if (found === undefined) return 'no postgres was found; `npm run setup:engines` in the folder above gets it';
    // Behind the link, where its other programs are.
    const executable = realpathSync(found);
    if (NOBODY.uid !== undefined) chownSync(folder, NOBODY.uid, NOBODY.gid);
    const data = join(folder, 'data');
    initialise(join(dirname(executable), 'initdb'), data, folder);

    const port = await freePort();
    const settings = { listen_addresses: '127.0.0.1', unix_socket_directories: '', fsync: 'on' };
    const args = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
    const server = new Server(executable, ['-D', data, '-p', String(port), ...args], { ...NOBODY, cwd: folder });
    await server.ready();
    const url = `postgres://postgres@127.0.0.1:${port}/postgres`;
    return { url: () => url, remote: true, stop: () => server.stop() };
  },
};

/**
 * @param {string} initdb
 * @param {string} data
 * @param {string} folder
 */
function initialise(initdb, data, folder) {
  const args = ['-D', data, '-U', 'postgres', '--auth=trust', '--encoding=UTF8', '--locale=C', '--no-sync'];
  const { status, stderr, error } = spawnSync(initdb, args, { ...NOBODY, cwd: folder, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${initdb} failed: ${error?.message ?? stderr}`);
}
