import { AsyncLocalStorage } from 'node:async_hooks';
import type { FlagName, VariantName } from '../evaluation/register.js';
import { SafeLogger } from '../runtime/logger.js';
import type { RequestGatekeeper } from './request-gatekeeper.js';

const storage = new AsyncLocalStorage<RequestGatekeeper>();
let logger = new SafeLogger(console);

/** Makes warnings go where the app's other messages go: called by the newest `gatekeeper()`. */
export function warnThrough(appLogger: SafeLogger): void {
  logger = appLogger;
}

/** Runs what follows so that {@link flag} finds this request. */
export function withAmbient(reader: RequestGatekeeper, run: () => void): void {
  storage.run(reader, run);
}

/**
 * Reads a flag of the request that the calling code works for, however deep below it: true when the flag serves `variant`, or
 * without `variant` when it is on. Outside a request it is false, with one warning.
 */
export function flag<F extends FlagName>(name: F, variant?: VariantName<F>): boolean {
  const reader = storage.getStore();
  if (reader === undefined) {
    logger.once(
      'warn',
      'flag() outside',
      `flag(${JSON.stringify(name)}) was called outside a request, so it is off. Put app.use(gatekeeper()) before the code that asks; in jobs and sockets ask gk.for({ userId }).ff(…) instead. This is said once.`,
    );
    return false;
  }
  return variant === undefined ? reader.isEnabled(name) : reader.ff(name, variant);
}
