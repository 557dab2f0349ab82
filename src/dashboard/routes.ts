import type { Answer, DashboardRequest, Handler } from './answer.js';
import { ASSET_NAMES } from './assets.js';
import { needs, ownForm } from './guards.js';
import { showFlags } from './handlers/flags.js';
import { clearAllOverrides, setOverride } from './handlers/overrides.js';
import { methodNotAllowed, notFound } from './handlers/problems.js';
import { offerVariant } from './handlers/share.js';

interface Route {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly handler: Handler;
}

/** All there is. Pages stand side by side, none below another, so that a relative link means the same on each. */
export const ROUTES: readonly Route[] = [
  { method: 'GET', path: '/', handler: showFlags },
  { method: 'GET', path: '/share', handler: needs('override', offerVariant) },
  { method: 'POST', path: '/override', handler: needs('override', ownForm(setOverride)) },
  { method: 'POST', path: '/clear-all', handler: needs('override', ownForm(clearAllOverrides)) },
  ...ASSET_NAMES.map((file): Route => ({ method: 'GET', path: `/${file}`, handler: () => ({ file }) })),
];

/** Finds the route; behind the guard as well, so that a stranger cannot tell which routes there are. */
export const dispatch: Handler = needs('view', (request: DashboardRequest): Answer | Promise<Answer> => {
  const method = request.method === 'HEAD' ? 'GET' : request.method;
  const here = ROUTES.filter(({ path }) => path === request.path);
  if (here.length === 0) return notFound();
  const route = here.find((candidate) => candidate.method === method);
  return route ? route.handler(request) : methodNotAllowed(here.map((candidate) => candidate.method));
});
