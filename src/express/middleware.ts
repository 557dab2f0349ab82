import type { NextFunction, Request, Response } from 'express';
import { GatekeeperError } from '../errors.js';
import type { Attributes } from '../evaluation/context.js';
import { FlagReader } from '../evaluation/flag-reader.js';
import { Subject } from '../evaluation/subject.js';
import type { UserId } from '../evaluation/user-id.js';
import type { Change } from '../runtime/changes.js';
import type { HealthReport } from '../runtime/health.js';
import { Runtime } from '../runtime/runtime.js';
import { addActiveFlagsHeader } from './active-flags-header.js';
import { ambienceOf, warnThrough, withAmbient } from './ambient.js';
import { showAbsence, showToTemplates } from './locals.js';
import { onMount } from './mounting.js';
import { checkGatekeeperOptions, type GatekeeperOptions } from './options.js';
import { OverridePolicy } from './override-policy.js';
import { RequestGatekeeper } from './request-gatekeeper.js';
import { usualUserId } from './request-subject.js';
import type { Services } from './services.js';

declare global {
  namespace Express {
    interface Request {
      /** The feature flags of this request. */
      gk: RequestGatekeeper;
    }
    interface Locals {
      /** The feature flags of this request. */
      gk: RequestGatekeeper;
    }
  }
}

/** Somebody known by id and attributes alone. */
export interface Whom {
  readonly userId?: UserId | null | undefined;
  readonly attributes?: Attributes | null | undefined;
}

/** The middleware, and what can be asked of the flags without a request. */
export interface Gatekeeper {
  (request: Request, response: Response, next: NextFunction): void;
  /** Resolves once flags can be served. */
  ready(): Promise<void>;
  /** The flags for somebody known by id and attributes: in jobs, sockets, scripts. Keep it no longer than the job. */
  for(context?: Whom): FlagReader;
  /** How the flags are: all in use, or some not and why. */
  health(): HealthReport;
  /** Calls `listener` after each change of definitions while the app runs; returns what takes it off again. */
  on(event: 'change', listener: (change: Change) => void): () => void;
  /** Lets go of everything held open: files, connections, timers. */
  close(): Promise<void>;
}

const runtimes = new WeakMap<Gatekeeper, Runtime>();

/** What is behind a middleware, for the rooms on top of it. */
export function runtimeOf(gk: Gatekeeper): Runtime {
  const runtime = runtimes.get(gk);
  if (runtime !== undefined) return runtime;
  throw new GatekeeperError(
    'INVALID_OPTION',
    'This takes the middleware that gatekeeper() returned: const gk = gatekeeper({ … }).',
  );
}

/**
 * Creates the middleware that puts `req.gk` on each request. Everything about flags and options is checked here, once.
 *
 * @throws GatekeeperError when a flag, a definition or an option cannot be used; the message names value, place and fix
 *
 * @example
 * ```ts
 * const gk = gatekeeper({ flags: [new MyNewFeature()] });
 * app.use(gk);
 * ```
 */
export function gatekeeper(options: GatekeeperOptions = {}): Gatekeeper {
  checkGatekeeperOptions(options);
  const runtime = new Runtime(options);
  const services: Services = {
    runtime,
    overrides: new OverridePolicy(runtime, options.browserOverrides),
    userId: options.userId ?? usualUserId,
    options,
    awaitsAttributes: options.attributes?.constructor.name === 'AsyncFunction' || undefined,
    recordsReads: options.activeFlagsHeader === true || runtime.development,
  };
  warnThrough(runtime.logger);
  const ambient = ambienceOf(options.ambient, runtime.development);

  function gatekeeperMiddleware(request: Request, response: Response, next: NextFunction): void {
    const known = knownReader(services, request);
    const reader = known ?? newReader(services, request, response);
    const goOn = (): void => {
      if (services.awaitsAttributes) reader.ready().then(() => next(), next);
      else next();
    };
    if (ambient === 'off') goOn();
    else withAmbient(reader, ambient, known === undefined ? [request, response] : [], goOn);
  }

  const gk: Gatekeeper = Object.assign(gatekeeperMiddleware, {
    ready: async () => undefined,
    for: (context?: Whom) => new FlagReader(new Subject(runtime, context?.userId, context?.attributes)),
    health: () => runtime.health(),
    on: (event: 'change', listener: (change: Change) => void) => runtime.on(event, listener),
    close: () => runtime.close(),
  });
  runtimes.set(gk, runtime);
  onMount(gk, (app) => showAbsence(services, app));
  return gk;
}

/** The reader this request has when the middleware stands in its way twice: what was read stays read. */
function knownReader(services: Services, request: Request): RequestGatekeeper | undefined {
  const known: unknown = request.gk;
  return known instanceof RequestGatekeeper && known.isOf(services) ? known : undefined;
}

function newReader(services: Services, request: Request, response: Response): RequestGatekeeper {
  const reader = new RequestGatekeeper(services, request, response);
  request.gk = reader;
  showToTemplates(reader, request, response);
  // Told by the mount already, unless this is used in a router.
  showAbsence(services, request.app);
  if (services.options.activeFlagsHeader) addActiveFlagsHeader(services, reader, request, response);
  return reader;
}
