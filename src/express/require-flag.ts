import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { GatekeeperError, shown } from '../errors.js';
import type { FlagName, VariantName } from '../evaluation/register.js';

/** What happens to those who do not get the variant. */
export interface RequireFlagOptions {
  /**
   * `'notFound'` (default) answers 404; `'nextRoute'` goes on with the next matching route, and has an effect only in front of a
   * route's own handlers (`app.get(path, requireFlag(…), handler)`); a handler answers as it likes.
   */
  readonly otherwise?: 'notFound' | 'nextRoute' | RequestHandler;
}

/**
 * Route middleware that lets only those pass who get `variant` of a flag.
 *
 * @throws GatekeeperError at creation for a wrong argument; on a request (`MIDDLEWARE_MISSING`, handed to `next`) when
 *   `gatekeeper()` did not run before it
 *
 * @example
 * ```ts
 * app.get('/beta', requireFlag('BETA_PAGE', 'VISIBLE'), (req, res) => res.render('beta'));
 * ```
 */
export function requireFlag<F extends FlagName>(
  flag: F,
  variant: VariantName<F>,
  { otherwise = 'notFound' }: RequireFlagOptions = {},
): RequestHandler {
  for (const [name, value] of Object.entries({ flag, variant })) {
    if (typeof value !== 'string' || value === '') {
      throw new GatekeeperError(
        'INVALID_OPTION',
        `requireFlag() was given ${shown(value)} for its ${name}; write requireFlag('MY_FLAG', 'VISIBLE').`,
      );
    }
  }
  if (otherwise !== 'notFound' && otherwise !== 'nextRoute' && typeof otherwise !== 'function') {
    throw new GatekeeperError(
      'INVALID_OPTION',
      `requireFlag() was given ${shown(otherwise)} for otherwise; use 'notFound', 'nextRoute' or a handler.`,
    );
  }

  return function requireFlagMiddleware(request: Request, response: Response, next: NextFunction) {
    if (request.gk === undefined) {
      next(
        new GatekeeperError(
          'MIDDLEWARE_MISSING',
          `requireFlag(${shown(flag)}) found no req.gk; put app.use(gatekeeper()) before this route.`,
        ),
      );
      return undefined;
    }
    if (request.gk.ff(flag, variant)) next();
    else if (otherwise === 'nextRoute' && mayLeave(request, requireFlagMiddleware)) next('route');
    // Handed back, so that Express 5 sees the promise of an asynchronous handler.
    else if (typeof otherwise === 'function') return otherwise(request, response, next);
    else response.sendStatus(404);
    return undefined;
  };
}

/** The route that a guard has sent a request out of: Express keeps it on the request, long after. */
const left = new WeakMap<Request, unknown>();

/** Whether a route runs this handler now: in front of a router, `next('route')` would let everybody through. */
function mayLeave(request: Request, handler: RequestHandler): boolean {
  const route = request.route as { readonly stack?: readonly { readonly handle: unknown }[] } | undefined;
  if (left.get(request) === route || !route?.stack?.some(({ handle }) => handle === handler)) return false;
  left.set(request, route);
  return true;
}
