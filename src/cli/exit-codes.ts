import { GatekeeperError, type GatekeeperErrorCode } from '../errors.js';

/** How a command ended, for programs. */
export const EXIT = { done: 0, failed: 1, usage: 2, conflict: 3, unknown: 4 } as const;

/** Said under the list of verbs. */
export const EXIT_CODES = `Exit codes
  0  done
  1  failed: the store cannot be reached, a definition is not valid
  2  called wrongly
  3  conflict: somebody else changed it, or it is there already
  4  there is no such flag, segment, folder or environment`;

const CODES: Partial<Record<GatekeeperErrorCode, number>> = {
  CONFLICT: EXIT.conflict,
  UNKNOWN_NAME: EXIT.unknown,
  INVALID_OPTION: EXIT.usage,
};

export function exitCodeOf(error: unknown): number {
  return (error instanceof GatekeeperError && CODES[error.code]) || EXIT.failed;
}

/** The command was called in a way it cannot do anything with. */
export function calledWrongly(message: string): GatekeeperError {
  return new GatekeeperError('INVALID_OPTION', message);
}

/** What is named is not there. */
export function notThere(message: string): GatekeeperError {
  return new GatekeeperError('UNKNOWN_NAME', message);
}
