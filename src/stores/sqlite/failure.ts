import { GatekeeperError, messageOf, onOneLine } from '../../errors.js';

/** SQLite's primary result codes that people can do something about. */
const NAMES: Readonly<Record<number, string>> = {
  3: 'PERM',
  5: 'BUSY',
  6: 'LOCKED',
  8: 'READONLY',
  10: 'IOERR',
  11: 'CORRUPT',
  13: 'FULL',
  14: 'CANTOPEN',
  26: 'NOTADB',
};

const FIXES: Readonly<Record<string, string>> = {
  PERM: 'This process has no permission for it.',
  BUSY: 'Another process has been writing for long: look for one that hangs with a transaction open.',
  LOCKED: 'Another process has been writing for long: look for one that hangs with a transaction open.',
  READONLY: 'This process needs permission to write the file, its -wal and -shm, and the folder they are in.',
  IOERR: 'Look at the disk it is on.',
  CORRUPT: 'The file is damaged: put a backup in its place, or save what can be read with `sqlite3 FILE .recover`.',
  FULL: 'Make room on the disk.',
  CANTOPEN: 'This process needs permission to read and write the file and the folder it is in.',
  NOTADB: 'Name another file, or move this one away.',
};

/** The name of SQLite's result code without `SQLITE_`, by whichever library it was thrown. */
export function resultOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  // node:sqlite
  if ('errcode' in error && typeof error.errcode === 'number') return NAMES[error.errcode & 0xff];
  // better-sqlite3 and libsql
  const [, named] = 'code' in error ? (/^SQLITE_([A-Z]+)/.exec(String(error.code)) ?? []) : [];
  // libsql tells the number alone when it cannot open
  return named ?? NAMES[Number(/: (\d+)"\)$/.exec(error.message)?.[1])];
}

export function isBusy(error: unknown): boolean {
  return ['BUSY', 'LOCKED'].includes(resultOf(error) ?? '');
}

/**
 * Whatever went wrong as an error that names the store and the fix; what does so already stays as it is.
 *
 * @param tried what could not be done, e.g. `be written`
 */
export function failure(name: string, tried: string, error: unknown): GatekeeperError {
  if (error instanceof GatekeeperError) return error;
  const result = resultOf(error);
  const told = `${name} cannot ${tried}: ${onOneLine(messageOf(error)).replace(/[.]$/, '')}.`;
  const fix = result === undefined ? undefined : FIXES[result];
  return new GatekeeperError(
    result === 'READONLY' ? 'READ_ONLY' : 'STORE_FAILED',
    fix === undefined ? told : `${told} ${fix}`,
    { cause: error },
  );
}
