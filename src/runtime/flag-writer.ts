import { GatekeeperError, shown } from '../errors.js';
import { didYouMean } from '../evaluation/closest.js';
import { sentence } from '../evaluation/sentence.js';
import type { UserId } from '../evaluation/user-id.js';
import type { ChangeOptions, Revision } from '../stores/store.js';
import { type FlagPatch, listing, updating } from './edits.js';
import type { Runtime } from './runtime.js';

/** Who kills or revives a flag, and why. */
export interface KillOptions {
  readonly by: string;
  readonly reason: string;
}

/** What changes flags from the app's own code. */
export class FlagWriter {
  readonly #runtime: Runtime;

  constructor(runtime: Runtime) {
    this.#runtime = runtime;
  }

  async update(name: string, patch: FlagPatch, options: ChangeOptions): Promise<Revision> {
    return this.#runtime.edit(updating(name, patch), options);
  }

  kill(name: string, options: KillOptions): Promise<Revision> {
    return this.#shut(name, options, { killed: true });
  }

  revive(name: string, options: KillOptions): Promise<Revision> {
    return this.#shut(name, options, { killed: null });
  }

  async list(segment: string, userId: UserId, listed: boolean, options?: Partial<ChangeOptions>): Promise<Revision> {
    const edit = listing(segment, userId, listed, this.#runtime.segmentInCode(segment));
    return this.#runtime.edit(edit, { by: `user ${userId}`, ...options });
  }

  async #shut(name: string, options: KillOptions, patch: FlagPatch): Promise<Revision> {
    const { by, reason } = options ?? {};
    const { flags } = this.#runtime.snapshot;
    // A slip in the name must not look as if something had been switched off.
    if (!flags.has(name)) {
      const meant = didYouMean(name, flags.keys());
      throw new GatekeeperError('UNKNOWN_NAME', sentence(`There is no flag ${shown(name)}${meant}`));
    }
    if (typeof reason !== 'string' || reason.trim() === '') {
      throw new GatekeeperError('INVALID_OPTION', `To kill or revive ${shown(name)} takes a reason: { by, reason }.`);
    }
    return this.#runtime.edit(updating(name, patch), { by, comment: reason });
  }
}
