import { GatekeeperError } from '../errors.js';
import { recordsOf } from './audit.js';
import type { Revision, StoreChange } from './store.js';

/** A change was refused, and nothing was changed: somebody else changed the same thing since it was looked at. */
export class ConflictError extends GatekeeperError {
  /** The revision of the environment now. */
  readonly revision: Revision;
  /** What the change named, as it is now; `null` for what is not there. */
  readonly current: StoreChange;

  constructor(current: StoreChange, revision: Revision, expectedRevision: Revision) {
    const names = recordsOf(current).map(({ kind, name }) => `${kind} '${name}'`);
    super(
      'CONFLICT',
      `${names.slice(0, 5).join(', ')}${names.length > 5 ? ` and ${names.length - 5} more` : ''} changed since revision ${expectedRevision}; ` +
        `it is ${revision} now. Nothing was written: look at what is there, and change that.`,
    );
    this.current = current;
    this.revision = revision;
  }
}
