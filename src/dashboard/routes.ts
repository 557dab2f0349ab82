import type { Answer, DashboardRequest, Handler } from './answer.js';
import { ASSET_NAMES } from './assets.js';
import { LARGE } from './form.js';
import { needs, needsOneOf, ownForm } from './guards.js';
import { createFlag, offerCreation } from './handlers/create.js';
import { showEnvironments } from './handlers/environments.js';
import { changeForm, showFlag } from './handlers/flag.js';
import { showFlags } from './handlers/flags.js';
import { showHistory } from './handlers/history.js';
import { listen } from './handlers/live.js';
import { clearAllOverrides, setOverride } from './handlers/overrides.js';
import { showPeople } from './handlers/people.js';
import { showPerson } from './handlers/person.js';
import { previewChange } from './handlers/preview.js';
import { methodNotAllowed, notFound } from './handlers/problems.js';
import { offerPromotion, promote } from './handlers/promote.js';
import { saveFlag } from './handlers/save.js';
import { offerVariant } from './handlers/share.js';
import { deleteFlag, killFlag, reviveFlag, showShut } from './handlers/shut.js';
import { showThen } from './handlers/then.js';
import { openToolbar } from './handlers/toolbar.js';
import { offerUndo, undo } from './handlers/undo.js';

interface Route {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly handler: Handler;
}

/** All there is. Pages stand side by side, none below another, so that a relative link means the same on each. */
export const ROUTES: readonly Route[] = [
  { method: 'GET', path: '/', handler: showFlags },
  { method: 'GET', path: '/flag', handler: showFlag },
  { method: 'GET', path: '/create', handler: needs('edit', offerCreation) },
  { method: 'POST', path: '/create', handler: needs('edit', ownForm(createFlag, LARGE, false)) },
  { method: 'POST', path: '/flag-form', handler: needs('edit', ownForm(changeForm, LARGE, false)) },
  { method: 'GET', path: '/live', handler: listen },
  { method: 'GET', path: '/people', handler: showPeople },
  { method: 'GET', path: '/person', handler: showPerson },
  { method: 'GET', path: '/history', handler: showHistory },
  { method: 'GET', path: '/then', handler: showThen },
  { method: 'GET', path: '/undo', handler: needs('edit', offerUndo) },
  { method: 'POST', path: '/undo', handler: needs('edit', ownForm(undo)) },
  { method: 'GET', path: '/environments', handler: showEnvironments },
  { method: 'GET', path: '/promote', handler: needs('edit', offerPromotion) },
  { method: 'POST', path: '/promote', handler: needs('edit', ownForm(promote, LARGE)) },
  { method: 'GET', path: '/share', handler: needs('override', offerVariant) },
  { method: 'GET', path: '/toolbar', handler: needs('override', openToolbar) },
  { method: 'POST', path: '/preview', handler: needs('edit', ownForm(previewChange, LARGE)) },
  { method: 'POST', path: '/save', handler: needs('edit', ownForm(saveFlag, LARGE)) },
  { method: 'GET', path: '/shut', handler: needsOneOf(['kill', 'edit'], showShut) },
  { method: 'POST', path: '/kill', handler: needs('kill', ownForm(killFlag)) },
  { method: 'POST', path: '/revive', handler: needs('kill', ownForm(reviveFlag)) },
  { method: 'POST', path: '/delete', handler: needs('edit', ownForm(deleteFlag)) },
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
