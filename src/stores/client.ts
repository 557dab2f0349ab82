import { createRequire } from 'node:module';
import { join } from 'node:path';
import { GatekeeperError, messageOf } from '../errors.js';

/** From beside this package, and from the app's folder: package managers differ in what a package may see of its peers. */
const SEARCHED = [import.meta.url, join(process.cwd(), 'package.json')];

/**
 * The module of an optional peer, loaded only by the store that needs it.
 *
 * @param needs what needs it, for the message, e.g. `The Postgres store`
 * @throws GatekeeperError `CLIENT_MISSING` naming the package to install
 */
export function clientModule(name: string, needs: string): unknown {
  const client = findClientModule(name);
  if (client !== undefined) return client;
  throw new GatekeeperError('CLIENT_MISSING', `${needs} needs the package ${name}: npm install ${name}`);
}

/**
 * The same, or `undefined` when it is not installed.
 *
 * @throws GatekeeperError `CLIENT_MISSING` when it is there and cannot be loaded
 */
export function findClientModule(name: string): unknown {
  for (const from of SEARCHED) {
    try {
      return createRequire(from)(name) as unknown;
    } catch (error) {
      if (isAbsence(error, name)) continue;
      throw new GatekeeperError('CLIENT_MISSING', `The package ${name} cannot be loaded: ${messageOf(error)}`, {
        cause: error,
      });
    }
  }
  return undefined;
}

function isAbsence(error: unknown, name: string): boolean {
  const code: unknown = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ERR_UNKNOWN_BUILTIN_MODULE') return true;
  // A package of its own that is missing is another matter.
  return code === 'MODULE_NOT_FOUND' && messageOf(error).includes(`'${name}'`);
}
