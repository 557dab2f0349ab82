import type { Request, RequestHandler, Response } from 'express';
import { messageOf } from '../errors.js';
import { type Gatekeeper, runtimeOf } from '../express/middleware.js';
import { tellOfDashboard } from '../express/toolbar.js';
import type { Runtime } from '../runtime/runtime.js';
import type { Answer } from './answer.js';
import { type Authorize, doorkeeper, type Person } from './authorize.js';
import { checkArguments } from './check-arguments.js';
import { broken, stranger } from './handlers/problems.js';
import { LastChanges } from './last-changes.js';
import { Live } from './live.js';
import { type Location, lacksSlash, locate } from './location.js';
import { type Respond, responder } from './respond.js';
import { dispatch } from './routes.js';
import { WriteLimit } from './write-limit.js';

export interface DashboardOptions {
  /**
   * Says who sent a request and what that person may do: `{ by: 'ann@example.com', can: ['view', 'override'] }`. Anything
   * else is answered 403. Without it the dashboard opens in development only, to a browser on the same machine.
   */
  readonly authorize?: Authorize;
}

/**
 * A page for people: every flag, what this browser gets and why, and buttons to see something else.
 *
 * @example
 * ```ts
 * app.use('/gatekeeper', dashboard(gk, { authorize: (req) => req.user?.isAdmin && { by: req.user.email, can: ['view', 'override'] } }));
 * ```
 */
export function dashboard(gk: Gatekeeper, options: DashboardOptions = {}): RequestHandler {
  checkArguments(gk, options);
  const runtime = runtimeOf(gk);
  tellOfDashboard(runtime);
  const { administration } = runtime;
  const lastChanges = administration && new LastChanges(administration);
  const room: Room = {
    runtime,
    letIn: doorkeeper(options.authorize, runtime),
    respond: responder(),
    lastChanges,
    live: new Live(runtime, lastChanges),
    writeLimit: new WriteLimit(),
  };

  return function gatekeeperDashboard(req, res) {
    // Express 4 does not look at what a handler returns: a rejection that got away would end the process.
    const proceed = (error?: unknown): void => {
      serve(room, req, res, error).catch((failure: unknown) => giveUp(runtime, res, failure));
    };
    // The dashboard may stand before, or without, `app.use(gk)`; what ran before is not run again.
    gk(req, res, proceed);
  };
}

interface Room {
  readonly runtime: Runtime;
  readonly letIn: (req: Request) => Promise<Person | undefined>;
  readonly respond: Respond;
  readonly lastChanges: LastChanges | undefined;
  readonly live: Live;
  readonly writeLimit: WriteLimit;
}

async function serve(room: Room, req: Request, res: Response, error: unknown): Promise<void> {
  const location = locate(req.url, req.originalUrl);
  const around = {
    req,
    res,
    location,
    environment: room.runtime.environment,
    // What the page shows is at least as new.
    revision: room.runtime.snapshot.revision,
    stores: room.runtime.administration !== undefined,
  };
  let person: Person | undefined;
  try {
    if (error) throw error;
    person = await room.letIn(req);
    const answer = person ? await answerTo(room, req, location, person) : stranger();
    room.respond({ ...around, person }, answer);
  } catch (failure) {
    logFailure(room.runtime, failure);
    room.respond({ ...around, person }, broken());
  }
}

async function answerTo(room: Room, req: Request, location: Location, person: Person): Promise<Answer> {
  if (lacksSlash(location) && /^(GET|HEAD)$/.test(req.method)) return { redirect: location.root + location.search };
  const { runtime, lastChanges, live, writeLimit } = room;
  const { snapshot } = runtime;
  return dispatch({
    gk: req.gk,
    snapshot,
    flags: snapshot.flags,
    administration: runtime.administration,
    recentContexts: () => runtime.recentContexts?.list() ?? [],
    lastChanges,
    live,
    writeLimit,
    health: runtime.health(),
    now: runtime.clock(),
    person,
    method: req.method,
    path: location.path,
    query: new URLSearchParams(location.search),
    http: req,
  });
}

function logFailure(runtime: Runtime, error: unknown): void {
  runtime.logger.error(`The dashboard failed: ${error instanceof Error ? error.stack : messageOf(error)}`);
}

/** Not even the error page could be made, or the answer was already under way. */
function giveUp(runtime: Runtime, res: Response, error: unknown): void {
  logFailure(runtime, error);
  if (res.writableEnded) return;
  if (res.headersSent) {
    res.destroy();
    return;
  }
  res.statusCode = 500;
  res.setHeader('Content-Type', 'text/plain; charset=utf-8');
  res.end('This page failed. What went wrong is in the log of the app.\n');
}
