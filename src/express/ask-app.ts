import type { Request } from 'express';
import { messageOf, shown } from '../errors.js';
import { isThenable } from '../evaluation/thenable.js';
import { userKey } from '../evaluation/user-id.js';
import type { SafeLogger } from '../runtime/logger.js';

/** Asks a function of the app's own about a request; whatever it throws means that it does not know, and is logged once. */
export function askApp<Answer>(
  logger: SafeLogger,
  option: string,
  look: (request: Request) => Answer,
  request: Request,
): Answer | undefined {
  const failed = (error: unknown): undefined => {
    logger.once('error', `${option} threw`, `${option}(req) threw: ${messageOf(error)}; it is taken as unknown.`);
  };
  try {
    const answer = look(request);
    return isThenable(answer) ? (answer.then(undefined, failed) as Answer) : answer;
  } catch (error) {
    return failed(error);
  }
}

/** Asks for an id: text or a number, at once. Anything else names nobody, and is said once. */
export function askForId<Id>(
  logger: SafeLogger,
  option: string,
  look: (request: Request) => Id,
  request: Request,
): Id | undefined {
  const id = askApp(logger, option, look, request);
  if (userKey(id) !== undefined) return id;
  if (typeof id === 'object' && id !== null) {
    const given = isThenable(id) ? 'a promise' : shown(id);
    logger.once(
      'warn',
      option,
      `${option}(req) returned ${given}; return a string or a number, synchronously. Until then nobody is known.`,
    );
  }
  return undefined;
}
