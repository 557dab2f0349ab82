import { IncomingMessage } from 'node:http';
import { GatekeeperError, shown } from '../errors.js';
import { callable, checkOptions } from '../runtime/options.js';

const EXAMPLE =
  "app.use('/gatekeeper', dashboard(gk, { authorize: (req) => ({ by: 'ann', can: ['view', 'override'] }) }))";

/** Tells whoever called `dashboard` wrongly what to write instead, while the app is being put together. */
export function checkArguments(gk: unknown, options: unknown): void {
  if (gk instanceof IncomingMessage) {
    throw invalid(
      'It appears you have done something like `app.use(dashboard)`, but it makes a handler, it is not one',
    );
  }
  if (typeof gk !== 'function') {
    throw invalid(`dashboard() needs what gatekeeper() returned as its first argument, and got ${shown(gk)}`);
  }
  if (typeof options !== 'object' || options === null) {
    throw invalid(`dashboard(gk, options) takes an object of options, and got ${shown(options)}`);
  }
  checkOptions(options, { authorize: callable }, 'dashboard()');
}

function invalid(problem: string): GatekeeperError {
  return new GatekeeperError('INVALID_OPTION', `${problem}. Write: ${EXAMPLE}`);
}
