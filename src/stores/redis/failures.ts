import { GatekeeperError, type GatekeeperErrorCode, messageOf, onOneLine } from '../../errors.js';

/** Words in the errors of Redis and of the network, and what helps. Before version 7 they stand in the middle of a script's error. */
const REMEDIES: Readonly<Record<string, string>> = {
  WRONGPASS: 'Look at the user name and the password in the URL.',
  NOAUTH: 'It asks for a password: redis://:password@host:6379.',
  NOPERM:
    'Its user needs the keys and channels of this prefix (ACL: ~gatekeeper:* &gatekeeper:*) and +@read +@write +@scripting +@pubsub.',
  OOM: 'It is full: raise its maxmemory, or let other keys expire.',
  MISCONF: 'It cannot write to its disk: see whether that is full.',
  READONLY: 'It is a replica: give the address of the primary.',
  LOADING: 'It is starting and reads its data; try again in a moment.',
  MASTERDOWN: 'It is a replica that lost its primary.',
  MOVED: 'It is a node of a cluster that does not hold this key.',
  WRONGTYPE: 'Another program uses keys of this name: choose another prefix.',
  ECONNREFUSED: 'Nothing listens there: is Redis running?',
  ENOTFOUND: 'There is no such host.',
};

/** Asked of what was thrown: is it an answer of the server? Then it is certain that nothing was written. */
export function isAnswer(error: unknown): boolean {
  return /^[A-Z]{2,} /.test(messageOf(error));
}

export function isUnknownScript(error: unknown): boolean {
  return messageOf(error).startsWith('NOSCRIPT');
}

/**
 * The error that a call rejects with.
 *
 * @param what what failed, e.g. `redis://localhost:6379 could not be read`
 */
export function failure(what: string, error: unknown): GatekeeperError {
  const reason = reasonOf(error);
  const known = Object.keys(REMEDIES).find((word) => new RegExp(`\\b${word}\\b`).test(reason));
  const code: GatekeeperErrorCode = known === 'READONLY' ? 'READ_ONLY' : 'STORE_FAILED';
  const remedy = known === undefined ? '' : ` ${REMEDIES[known]}`;
  return new GatekeeperError(code, `${what}: ${reason}.${remedy}`, { cause: error });
}

/** Several addresses that all failed are an error without a message of its own. */
function reasonOf(error: unknown): string {
  const message = messageOf(error instanceof AggregateError ? (error.errors[0] ?? error) : error);
  return onOneLine(message.replace(/ script: [0-9a-f]{40}.*$/s, '').replace(/\.$/, ''));
}
