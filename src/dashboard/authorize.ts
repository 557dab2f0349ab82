import type { Request } from 'express';
import { messageOf, shown } from '../errors.js';
import { isTrueLocalRequest } from '../express/local-request.js';
import type { Runtime } from '../runtime/runtime.js';

/** What a person may do here. `view` is needed for every page; the others for what they say. */
export type Right = 'view' | 'override' | 'edit' | 'kill';

const RIGHTS: readonly Right[] = ['view', 'override', 'edit', 'kill'];

/** What `authorize(req)` gives for somebody who may come in. */
export interface Authorization {
  /** Who it is, as it should stand on the page and in the records of changes. */
  readonly by: string;
  readonly can: readonly Right[];
}

type Refusal = undefined | null | false;

/** Says who sent a request and what that person may do; nothing (or `false`) keeps the door shut. */
export type Authorize = (req: Request) => Authorization | Refusal | Promise<Authorization | Refusal>;

/** Somebody who was let in. */
export interface Person {
  readonly by: string;
  readonly can: ReadonlySet<Right>;
}

const LOCAL_DEVELOPER: Person = { by: 'local developer', can: new Set(RIGHTS) };

/** The doorkeeper: whatever is not a clear yes is a no. It never throws. */
export function doorkeeper(
  authorize: Authorize | undefined,
  runtime: Runtime,
): (req: Request) => Promise<Person | undefined> {
  if (authorize === undefined) return async (req) => withoutAuthorize(req, runtime);
  return async (req) => {
    try {
      const answer = await authorize(req);
      return answer ? checked(answer, runtime) : undefined;
    } catch (error) {
      runtime.logger.error(`The dashboard's authorize(req) failed, so the answer was 403: ${messageOf(error)}`);
      return undefined;
    }
  };
}

function withoutAuthorize(req: Request, runtime: Runtime): Person | undefined {
  if (runtime.development && isTrueLocalRequest(req)) return LOCAL_DEVELOPER;
  runtime.logger.once(
    'warn',
    'dashboard-without-authorize',
    'The dashboard answered 403: without authorize it opens only in development, from this machine. Say who may come in: ' +
      "dashboard(gk, { authorize: (req) => req.user?.isAdmin && { by: req.user.email, can: ['view', 'override'] } })",
  );
  return undefined;
}

function checked(answer: Authorization | true, runtime: Runtime): Person | undefined {
  const { by, can } = answer as Partial<Record<keyof Authorization, unknown>>;
  if (typeof by === 'string' && by.trim() !== '' && Array.isArray(can) && can.every(isRight)) {
    return { by, can: new Set(can) };
  }
  runtime.logger.once(
    'warn',
    'dashboard-authorize-shape',
    `The dashboard's authorize(req) gave ${shown(answer)}, so the answer was 403. ` +
      `Give { by: 'name', can: [${RIGHTS.map((right) => `'${right}'`).join(', ')}] }, or a part of these rights.`,
  );
  return undefined;
}

function isRight(value: unknown): value is Right {
  return RIGHTS.some((right) => right === value);
}
