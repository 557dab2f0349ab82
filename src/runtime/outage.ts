import { GatekeeperError } from '../errors.js';
import type { Revision } from '../stores/store.js';

/** What health is told of while a store cannot be asked: the causes change from one attempt to the next. */
export const OUTAGE = 'outage';

/** The store answers, and is behind what was known of it, as a server is that lost its data. */
export class DataLost extends GatekeeperError {
  constructor(store: string, known: Revision, now: Revision) {
    super(
      'STORE_FAILED',
      `${store} lost its data: it was at revision ${known} and is at ${now}. ` +
        'Restore it, or restart the app to take what is there.',
    );
  }
}

/** Whether a store could not be asked, rather than that its answer is of no use. */
export function isOutage(error: unknown): boolean {
  if (!(error instanceof GatekeeperError)) return true;
  return error.code === 'STORE_FAILED' && !(error instanceof DataLost);
}
