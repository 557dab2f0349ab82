import { type BigIntStats, lstatSync, readlinkSync, realpathSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

/** The file itself behind links, so that a link stays one; also when it is yet to be created. */
export function targetOf(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return isLink(path) ? targetOf(resolve(dirname(path), readlinkSync(path))) : path;
  }
}

/** What the system knows of a file; `undefined` when it is not there. */
export function statsOf(path: string): BigIntStats | undefined {
  return statSync(path, { bigint: true, throwIfNoEntry: false });
}

/** The identity of a file that is not there. */
export const MISSING = 'missing';

/**
 * Which writing of a file is there, told without reading it: it is known before a new file is put in place, since renaming keeps it,
 * and any other writing changes it, even one of the same text.
 */
export function identityOf(stats: BigIntStats | undefined): string {
  return stats === undefined ? MISSING : `${stats.ino} ${stats.size} ${stats.mtimeNs}`;
}

function isLink(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true;
}
