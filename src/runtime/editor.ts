import { GatekeeperError, shown } from '../errors.js';
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
    let change = await this.#planned(edit, expectedRevision);
    for (let attempt = 1; !isNothing(change); attempt += 1) {
      const known = content();
      check(known, change);
      try {
        const given = { ...options, expectedRevision: expectedRevision ?? known.revision };
        const revision = await store.apply(environment, change, given);
        this.#checkRevision(revision);
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

  /** @throws GatekeeperError a store that does not keep its contract */
  #checkRevision(revision: unknown): void {
    if (Number.isSafeInteger(revision) && Number(revision) > 0) return;
    throw new GatekeeperError(
      'STORE_FAILED',
      `${this.#edited.store.name} gave ${shown(revision)} as the revision of a change; it has to be 1, 2, …`,
    );
  }

  async #planned(edit: Edit, expectedRevision: Revision | undefined): Promise<Required<StoreChange>> {
    const { content, refresh } = this.#edited;
    if (expectedRevision !== undefined && expectedRevision > content().revision) await refresh();
    const change = this.#changeOf(edit);
    if (!isNothing(change)) return change;
    // What is known may be behind: that nothing would change has to be true of what is there.
    await refresh();
    const anew = this.#changeOf(edit);
    if (isNothing(anew) && expectedRevision !== undefined) await this.#refuseIfNewer(edit, expectedRevision);
    return anew;
  }

  /**
   * Somebody else may have made the very change that was asked for: whoever counts on being the only one has to know.
   *
   * @throws ConflictError
   */
  async #refuseIfNewer(edit: Edit, expectedRevision: Revision): Promise<void> {
    const { store, environment, content } = this.#edited;
    // Both of one moment: others go on meanwhile.
    const known = content();
    const { flags = {}, segments = {} } = edit(known);
    const named = [
      ...Object.keys(flags).map((flag) => ({ flag })),
      ...Object.keys(segments).map((segment) => ({ segment })),
    ];
    for (const query of named) {
      const [last] = await store.history(environment, { ...query, limit: 1 });
      if (last !== undefined && last.revision > expectedRevision) {
        throw new ConflictError({ flags, segments }, known.revision, expectedRevision);
      }
    }
  }

  #changeOf(edit: Edit): Required<StoreChange> {
    const content = this.#edited.content();
    return realChange(content, edit(content));
  }
}

function isNothing({ flags, segments }: Required<StoreChange>): boolean {
  return Object.keys(flags).length === 0 && Object.keys(segments).length === 0;
}
