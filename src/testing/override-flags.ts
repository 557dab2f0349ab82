import { GatekeeperError, shown } from '../errors.js';
import type { FlagVariants } from '../evaluation/register.js';
import { isThenable } from '../evaluation/thenable.js';
import { type Gatekeeper, runtimeOf } from '../express/middleware.js';

/** What awaiting leaves of a result: a promise of another library comes back as a plain one. */
type Settled<Result> = Result extends PromiseLike<infer Value> ? Promise<Value> : Result;

/**
 * Fixes flags to variants for everyone while a test runs, whatever rules, overrides and kills say. Requests that start
 * afterwards see it.
 *
 * @returns without `during`, a function that puts everything back; with it, what `during` returns, everything put back after it
 * @throws GatekeeperError `INVALID_OPTION` for an unknown flag or variant
 *
 * @example
 * ```ts
 * const restore = overrideFlags(gk, { MY_NEW_FEATURE: 'VISIBLE' });
 * afterEach(restore);
 *
 * await overrideFlags(gk, { MY_NEW_FEATURE: 'NOT_VISIBLE' }, async () => {
 *   await request(app).get('/').expect(200);
 * });
 * ```
 */
export function overrideFlags(gk: Gatekeeper, variants: FlagVariants): () => void;
export function overrideFlags<Result>(gk: Gatekeeper, variants: FlagVariants, during: () => Result): Settled<Result>;
export function overrideFlags(gk: Gatekeeper, variants: FlagVariants, during?: () => unknown): unknown {
  const runtime = runtimeOf(gk);
  if (typeof variants !== 'object' || variants === null) {
    throw new GatekeeperError(
      'INVALID_OPTION',
      `overrideFlags() was given ${shown(variants)} for its flags; write overrideFlags(gk, { MY_FLAG: 'VISIBLE' }).`,
    );
  }
  const restore = runtime.pin(variants as Readonly<Record<string, string>>);
  if (during === undefined) return restore;
  try {
    const result = during();
    if (!isThenable(result)) {
      restore();
      return result;
    }
    return Promise.resolve(result).finally(restore);
  } catch (error) {
    restore();
    throw error;
  }
}
