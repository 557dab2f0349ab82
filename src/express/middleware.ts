import type { NextFunction, Request, Response } from 'express';
import { GatekeeperError } from '../errors.js';
import type { Attributes } from '../evaluation/context.js';
import { FlagReader } from '../evaluation/flag-reader.js';
import type { FlagName } from '../evaluation/register.js';
import { Subject } from '../evaluation/subject.js';
import type { UserId } from '../evaluation/user-id.js';
import type { Change } from '../runtime/changes.js';
import type { FlagPatch } from '../runtime/edits.js';
import { FlagWriter, type KillOptions } from '../runtime/flag-writer.js';
import type { HealthReport } from '../runtime/health.js';
import { Runtime } from '../runtime/runtime.js';
import type { ChangeOptions, Revision } from '../stores/store.js';
import { addActiveFlagsHeader } from './active-flags-header.js';
import { ambienceOf, warnThrough, withAmbient } from './ambient.js';
import { showAbsence, showToTemplates } from './locals.js';
import { onMount } from './mounting.js';
import { checkGatekeeperOptions, type GatekeeperOptions } from './options.js';
import { OverridePolicy } from './override-policy.js';
import { RequestGatekeeper } from './request-gatekeeper.js';
import { usualUserId } from './request-subject.js';
import type { Services } from './services.js';
import { Waiting } from './waiting.js';

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

/** A name that is known to the compiler, or one that only the store knows. */
type AnyFlagName = FlagName | (string & Record<never, never>);

/** The middleware, and what can be asked of the flags without a request. */
export interface Gatekeeper {
  (request: Request, response: Response, next: NextFunction): void;
  /**
   * Resolves once the flags of the store are loaded.
   *
   * @throws GatekeeperError `STORE_FAILED` after `readyTimeout`, with the cause; the app goes on, and loads them when it can
   */
  ready(): Promise<void>;
  /**
   * Resolves once every change is in use that was acknowledged before, in any process: for a strong read outside of a request.
   *
   * @throws GatekeeperError `STORE_FAILED` when the store cannot be read now; the last known flags stay in use
   */
  fresh(): Promise<void>;
  /** The flags for somebody known by id and attributes: in jobs, sockets, scripts. Keep it no longer than the job. */
  for(context?: Whom): FlagReader;
  /**
   * Changes a flag's definition in the store by a JSON Merge Patch (RFC 7396), creates the flag, or with `null` deletes it.
   *
   * @returns the revision of the change, in use in this process by then
   * @throws ConflictError the flag was changed after `expectedRevision`
   * @throws GatekeeperError `INVALID_DEFINITION` when a flag could not be used afterwards, `READ_ONLY`, `STORE_FAILED`; nothing was written
   */
  update(flag: AnyFlagName, patch: FlagPatch, options: ChangeOptions): Promise<Revision>;
  /** Turns a flag off for everyone, overrides included, until it is revived. Throws as {@link Gatekeeper.update} does. */
  kill(flag: AnyFlagName, options: KillOptions): Promise<Revision>;
  /** Takes a kill back: the flag is as it was defined. */
  revive(flag: AnyFlagName, options: KillOptions): Promise<Revision>;
  /** Puts a user on the list of a segment, e.g. because they joined the beta. */
  joinSegment(segment: string, userId: UserId, options?: Partial<ChangeOptions>): Promise<Revision>;
  /** Takes a user off the list of a segment. */
  leaveSegment(segment: string, userId: UserId, options?: Partial<ChangeOptions>): Promise<Revision>;
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
  const waiting = new Waiting(runtime, options.consistency);
  const writer = new FlagWriter(runtime);
  const ambient = ambienceOf(options.ambient, runtime.development);

  function gatekeeperMiddleware(request: Request, response: Response, next: NextFunction): void {
    const known = knownReader(services, request);
    const reader = known ?? newReader(services, request, response);
    const goOn = (): void => {
      const awaited = waiting.before(request);
      if (awaited === undefined) pass();
      else awaited.then(pass, next);
    };
    const pass = (): void => {
      if (services.awaitsAttributes) reader.ready().then(() => next(), next);
      else next();
    };
    if (ambient === 'off') goOn();
    else withAmbient(reader, ambient, known === undefined ? [request, response] : [], goOn);
  }

  const gk: Gatekeeper = Object.assign(gatekeeperMiddleware, {
    ready: () => runtime.ready(),
    fresh: () => runtime.fresh(),
    update: (flag: string, patch: FlagPatch, change: ChangeOptions) => writer.update(flag, patch, change),
    kill: (flag: string, kill: KillOptions) => writer.kill(flag, kill),
    revive: (flag: string, kill: KillOptions) => writer.revive(flag, kill),
    joinSegment: (segment: string, userId: UserId, change?: Partial<ChangeOptions>) =>
      writer.list(segment, userId, true, change),
    leaveSegment: (segment: string, userId: UserId, change?: Partial<ChangeOptions>) =>
      writer.list(segment, userId, false, change),
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
