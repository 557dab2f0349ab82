import { GatekeeperError } from '../errors.js';
import { ConflictError } from '../stores/conflict-error.js';
import type { ChangeOptions, FlagStore, Revision, StoreChange, StoreContent } from '../stores/store.js';
import { realChange } from './content.js';

/** How often a change is made anew, when others were faster each time. */
const ATTEMPTS = 1_000;

/** What a change starts from, and who has a say in it. */
export interface Edited {
  readonly store: FlagStore;
  readonly environment: string;
  /** What is known of the store. */
  content(): StoreContent;
  /** Reads what is there now. */
  refresh(): Promise<void>;
  /** @throws GatekeeperError the change must not be made */
  check(content: StoreContent, change: Required<StoreChange>): void;
  /** Takes in what was written. */
  wrote(change: StoreChange, revision: Revision): Promise<void>;
}

/** What is to be changed, told from what is there: asked anew when somebody else was faster. */
export type Edit = (content: StoreContent) => StoreChange;

/**
 * Changes what a store holds, so that nothing is lost: each change is made to what was there, or made anew to what is there
 * since. Changes of this process wait for each other.
 */
export class Editor {
  readonly #edited: Edited;
  #last: Promise<unknown> = Promise.resolve();

  constructor(edited: Edited) {
    this.#edited = edited;
  }

  /**
   * @returns the revision of the change; the present one when nothing is different
   * @throws ConflictError something it names was changed after `expectedRevision`
   * @throws GatekeeperError the change cannot be made, or the store cannot be written
   */
  edit(edit: Edit, options: ChangeOptions): Promise<Revision> {
    const turn = this.#last.then(() => this.#edit(edit, options));
    this.#last = turn.catch(() => undefined);
    return turn;
  }

  async #edit(edit: Edit, options: ChangeOptions): Promise<Revision> {
    const { store, environment, content, refresh, check, wrote } = this.#edited;
    const { expectedRevision } = options;
    if (expectedRevision !== undefined && expectedRevision > content().revision) await refresh();
    let change = this.#changeOf(edit);
    // What is known may be behind: that nothing would change has to be true of what is there.
    if (isNothing(change)) {
      await refresh();
      change = this.#changeOf(edit);
    }
    for (let attempt = 1; !isNothing(change); attempt += 1) {
      const known = content();
      check(known, change);
      try {
        const given = { ...options, expectedRevision: expectedRevision ?? known.revision };
        const revision = await store.apply(environment, change, given);
        await wrote(change, revision);
        return revision;
      } catch (error) {
        if (!(error instanceof ConflictError) || expectedRevision !== undefined || attempt === ATTEMPTS) throw error;
        await refresh();
        change = this.#changeOf(edit);
      }
    }
    if (expectedRevision !== undefined && expectedRevision > content().revision) {
      throw new GatekeeperError('STORE_FAILED', `${store.name} has not reached revision ${expectedRevision}.`);
    }
    return content().revision;
  }

  #changeOf(edit: Edit): Required<StoreChange> {
    const content = this.#edited.content();
    return realChange(content, edit(content));
  }
}

function isNothing({ flags, segments }: Required<StoreChange>): boolean {
  return Object.keys(flags).length === 0 && Object.keys(segments).length === 0;
}
