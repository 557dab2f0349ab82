import { accessSync, constants, existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/**
 * The executable of a server: what an environment variable names, else the first on the path and in these folders.
 *
 * @param {string} variable
 * @param {readonly string[]} commands best first
 * @param {readonly string[]} folders
 */
export function findExecutable(variable, commands, folders = []) {
  const named = process.env[variable];
  const path = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/bin', '/usr/local/bin', ...folders];
  const candidates = named ? [named] : commands.flatMap((command) => path.map((folder) => join(folder, command)));
  return candidates.find(isExecutable);
}

/**
 * Debian keeps its versions of Postgres apart and puts none of them on the path; the newest comes first.
 *
 * @param {string} parent
 */
export function binFoldersIn(parent) {
  if (!existsSync(parent)) return [];
  const byVersion = (/** @type {string} */ one, /** @type {string} */ other) =>
    other.localeCompare(one, 'en', { numeric: true });
  return readdirSync(parent)
    .sort(byVersion)
    .map((version) => join(parent, version, 'bin'));
}

/** @param {string} path */
function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
