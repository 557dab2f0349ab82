import type { Request } from 'express';
import { messageOf, shown } from '../errors.js';
import { isThenable } from '../evaluation/thenable.js';
import { isUserId } from '../evaluation/user-id.js';
import type { SafeLogger } from '../runtime/logger.js';

/** Asks a function of the app's own about a request; whatever it throws means that it does not know, and is logged once. */
export function askApp<Answer>(
  logger: SafeLogger,
  option: string,
  look: (request: Request) => Answer,
  request: Request,
): Answer | undefined {
  try {
    const answer = look(request);
    if (!isThenable(answer)) return answer;
    return answer.then(undefined, (error: unknown) => failed(logger, option, error)) as Answer;
  } catch (error) {
    return failed(logger, option, error);
  }
}

function failed(logger: SafeLogger, option: string, error: unknown): undefined {
  logger.once('error', `${option} threw`, `${option}(req) threw: ${messageOf(error)}; it is taken as unknown.`);
}

/** Asks for an id: text or a number, at once. Anything else names nobody, and is said once. */
export function askForId<Id>(
  logger: SafeLogger,
  option: string,
  look: (request: Request) => Id,
  request: Request,
): Id | undefined {
  const id = askApp(logger, option, look, request);
  if (isUserId(id)) return id;
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
