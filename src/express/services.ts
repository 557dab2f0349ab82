import type { Request } from 'express';
import type { UserId } from '../evaluation/user-id.js';
import type { Runtime } from '../runtime/runtime.js';
import type { RequestOptions } from './options.js';
import type { OverridePolicy } from './override-policy.js';

/** What every request of one `gatekeeper()` shares. */
export interface Services {
  readonly runtime: Runtime;
  readonly overrides: OverridePolicy;
  readonly userId: (request: Request) => UserId | null | undefined;
  readonly options: RequestOptions;
  /** Whether attributes come by a promise: so declared, or found out; `undefined` until the first have been asked for. */
  awaitsAttributes: boolean | undefined;
  /** Whether requests note down which flags they read, for the header and the toolbar. */
  recordsReads: boolean;
}
