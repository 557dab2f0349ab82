import type { Application, Request, Response } from 'express';
import { FlagReader } from '../evaluation/flag-reader.js';
import type { SnapshotSource } from '../evaluation/snapshot.js';
import { Subject } from '../evaluation/subject.js';
import type { RequestGatekeeper } from './request-gatekeeper.js';
import type { Services } from './services.js';

/**
 * Shows `gk` and `request.gk` to the templates of this response. Own, enumerable properties, because template engines copy
 * those; per response, because a global would show one visitor another's flags.
 */
export function showToTemplates(reader: RequestGatekeeper, request: Request, { locals }: Response): void {
  locals['gk'] = reader;
  if (!('request' in locals) || isOurs(locals['request'])) showRequest(locals, reader, request);
}

/**
 * Shows `gk` and `request.gk` to pages that the middleware will not see, such as an error page for a request that failed before
 * it: there every flag is off, and the log says what to move. It holds no flags of anybody.
 */
export function showAbsence(services: Services, app: Application): void {
  const { locals }: { locals: Record<string, unknown> } = app;
  locals['gk'] ??= new AbsentGatekeeper(services);
  locals['request'] ??= new RequestInTemplates(locals['gk']);
}

/** Asked when a page is rendered, because a sub-app that renders it may show a `request` of its own to all its pages. */
function showRequest(locals: object, reader: RequestGatekeeper, request: Request): void {
  const ours = new RequestInTemplates(reader);
  Object.defineProperty(locals, 'request', {
    configurable: true,
    enumerable: true,
    get: () => {
      const { request: theirs } = request.app.locals as { readonly request?: unknown };
      return theirs === undefined || isOurs(theirs) ? ours : theirs;
    },
    set: (value: unknown) => {
      Object.defineProperty(locals, 'request', { configurable: true, enumerable: true, writable: true, value });
    },
  });
}

/** The `request` of templates, where the app shows none of its own. */
class RequestInTemplates {
  constructor(readonly gk: unknown) {}
}

function isOurs(value: unknown): boolean {
  return value instanceof RequestInTemplates;
}

class AbsentGatekeeper extends FlagReader {
  constructor({ runtime }: Services) {
    const nothing: SnapshotSource = {
      snapshot: { flags: new Map(), segments: new Map(), problems: [], revision: 0 },
      stale: true,
      clock: runtime.clock,
      failed: () => undefined,
      unknownFlag: (name) =>
        runtime.logger.once(
          'warn',
          'absent',
          `A template asked for flag ${JSON.stringify(name)} in a response that gatekeeper() did not see, so it reads as off. Put app.use(gatekeeper()) before the middleware or route that renders it.`,
        ),
    };
    super(new Subject(nothing));
  }

  /** Everybody is nobody here; so that nothing is kept about anybody. */
  override forUser(): FlagReader {
    return this;
  }

  getBrowserOverrideVariants(): Record<string, string> {
    return Object.create(null);
  }

  mayOverride(): boolean {
    return false;
  }

  toolbar(): string {
    return '';
  }
}
