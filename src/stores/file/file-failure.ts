import { GatekeeperError, messageOf } from '../../errors.js';

/** What a system error means to whoever keeps flags in a file, by its code. */
const MEANINGS: Readonly<Record<string, string>> = {
  EACCES: 'it is not permitted; give this process the right to write it and its folder',
  EPERM: 'it is not permitted; give this process the right to write it and its folder',
  EROFS: 'it is on a read-only drive; keep it where it can be written',
  ENOSPC: 'the disk is full; make room and try again',
  EDQUOT: 'the quota is used up; make room and try again',
  ENOENT: 'its folder is not there; create it',
};
const FORBIDDEN = ['EACCES', 'EPERM', 'EROFS'];

/** The error of an attempt that changed nothing. */
export function unwritten(name: string, error: unknown): GatekeeperError {
  if (error instanceof GatekeeperError) return error;
  const code = codeOf(error);
  const meaning = MEANINGS[code] ?? messageOf(error);
  return new GatekeeperError(
    FORBIDDEN.includes(code) ? 'READ_ONLY' : 'STORE_FAILED',
    `${name} cannot be written: ${meaning} (${messageOf(error)}). Nothing was changed.`,
    { cause: error },
  );
}

/** The error of an attempt to look at a file or its history. */
export function unreadable(name: string, error: unknown): GatekeeperError {
  if (error instanceof GatekeeperError) return error;
  return new GatekeeperError('STORE_FAILED', `${name} cannot be read: ${messageOf(error)}.`, { cause: error });
}

/** The code of a system error, e.g. `ENOENT`. */
export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}
