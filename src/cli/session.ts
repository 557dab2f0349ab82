import { changesOf, NOTHING } from '../runtime/content.js';
import { type Edit, Editor } from '../runtime/editor.js';
import { checkChangeOptions } from '../runtime/options.js';
import type { RecordChange } from '../stores/audit.js';
import { withChange } from '../stores/content.js';
import type { ChangeOptions, FlagStore, Revision, StoreContent } from '../stores/store.js';
import { checkSound } from './soundness.js';

/** What became of an edit. */
export interface Written {
  readonly revision: Revision;
  /** Empty when nothing was different. */
  readonly changes: readonly RecordChange[];
}

/** One environment of a store, looked at and changed. */
export class Session {
  readonly #store: FlagStore;
  readonly environment: string;
  readonly #note: (text: string) => void;
  #content: StoreContent = NOTHING;

  /** @param note told what is accepted though it may be a slip */
  constructor(store: FlagStore, environment: string, note: (text: string) => void = () => undefined) {
    this.#store = store;
    this.environment = environment;
    this.#note = note;
  }

  get store(): FlagStore {
    return this.#store;
  }

  /** Where this is, for programs. */
  get place(): { readonly store: string; readonly environment: string } {
    return { store: this.#store.name, environment: this.environment };
  }

  /** What is known of it: what was read or written last. */
  get content(): StoreContent {
    return this.#content;
  }

  async read(): Promise<StoreContent> {
    this.#content = await this.#store.load(this.environment);
    return this.#content;
  }

  /**
   * Changes what is there, all of it in one step.
   *
   * @throws ConflictError, GatekeeperError
   */
  async edit(edit: Edit, options: ChangeOptions): Promise<Written> {
    checkChangeOptions(options);
    let changes: readonly RecordChange[] = [];
    const editor = new Editor({
      store: this.#store,
      environment: this.environment,
      content: () => this.#content,
      refresh: async () => {
        await this.read();
      },
      check: (content, change) => checkSound(content, change, this.#store.name, this.#note),
      wrote: async (change, revision) => {
        changes = changesOf(this.#content, change);
        this.#content = withChange(this.#content, change, revision);
      },
    });
    await this.read();
    return { revision: await editor.edit(edit, options), changes };
  }
}
