import { GatekeeperError, messageOf } from '../errors.js';
import type { Snapshot } from '../evaluation/snapshot.js';
import type { AuditEntry, HistoryQuery } from '../stores/audit.js';
import type { ChangeOptions, FlagStore, Revision, StoreChange, StoreContent } from '../stores/store.js';
import type { Compiler } from './compiler.js';
import { realChange } from './content.js';
import { type Edit, Editor } from './editor.js';
import { checkChangeOptions } from './options.js';
import { type PastContent, pastContent } from './past.js';
import type { StoreLink } from './store-link.js';

interface Administered {
  readonly store: FlagStore;
  readonly environment: string;
  readonly clock: () => number;
  readonly link: StoreLink;
  readonly compiler: Compiler;
}

/** What a change would do to the flags. */
interface Preview {
  readonly before: Snapshot;
  readonly after: Snapshot;
  /** Why it would be refused: what could not be used afterwards, and could before. */
  readonly problem: string | undefined;
}

/** What is stored, as people look at it and change it: definitions, their history, other environments, and what a change would do. */
export class Administration {
  readonly environment: string;
  readonly #administered: Administered;
  readonly #editor: Editor;

  constructor(administered: Administered) {
    const { store, environment, link, compiler } = administered;
    this.environment = environment;
    this.#administered = administered;
    this.#editor = new Editor({
      store,
      environment,
      content: () => link.content,
      refresh: () => link.fresh(),
      check: (content, change) => refuseBreaking(compiler, content, change),
      wrote: (change, revision) => link.wrote(change, revision),
    });
  }

  /** What the store is, for people. */
  get storeName(): string {
    return this.#administered.store.name;
  }

  /** What this process knows the store to hold. */
  get content(): StoreContent {
    return this.#administered.link.content;
  }

  /**
   * Makes a change, in the app's own environment.
   *
   * @returns the revision of the change; the flags of this process are as changed once it resolves
   * @throws ConflictError something it names was changed after `expectedRevision`
   * @throws GatekeeperError `INVALID_DEFINITION` when a flag could not be used afterwards, `READ_ONLY`, `STORE_FAILED`
   */
  async edit(edit: Edit, options: ChangeOptions): Promise<Revision> {
    checkChangeOptions(options);
    return ofStore(this.#editor.edit(edit, { at: this.#administered.clock(), ...options }));
  }

  /** The same in any environment. */
  async editIn(environment: string, edit: Edit, options: ChangeOptions): Promise<Revision> {
    if (environment === this.environment) return this.edit(edit, options);
    checkChangeOptions(options);
    const { store, clock } = this.#administered;
    let content = await this.load(environment);
    const editor = new Editor({
      store,
      environment,
      content: () => content,
      refresh: async () => {
        content = await this.load(environment);
      },
      check: (known, change) => {
        refuse(this.preview(known, change).problem);
      },
      wrote: async () => undefined,
    });
    return ofStore(editor.edit(edit, { at: clock(), ...options }));
  }

  /** The flags as a change would leave them; exact, because it is what would be put into use. Nothing is written. */
  after(change: StoreChange): Snapshot {
    const { compiler, link } = this.#administered;
    return compiler.after(link.content, realChange(link.content, change));
  }

  /** The flags of any content: of another environment, or of another time. */
  snapshotOf(content: StoreContent): Snapshot {
    return this.#administered.compiler.of(content);
  }

  /** What a change of any content would do. Nothing is written. */
  preview(content: StoreContent, change: StoreChange): Preview {
    const { compiler, link } = this.#administered;
    const real = realChange(content, change);
    // What is in use was compiled already.
    const inUse = content === link.content;
    const { before, after } = inUse
      ? { before: compiler.snapshot, after: compiler.after(content, real) }
      : compiler.preview(content, real);
    return { before, after, problem: newProblem(before, after) };
  }

  /** @throws GatekeeperError `STORE_FAILED`, as everything here that reads */
  history(query?: HistoryQuery, environment = this.environment): Promise<readonly AuditEntry[]> {
    return ofStore(this.#administered.store.history(environment, query));
  }

  /** The change with this number. */
  async entry(revision: Revision, environment = this.environment): Promise<AuditEntry | undefined> {
    const entries = await this.history({ before: revision + 1, limit: 1 }, environment);
    return entries.find((entry) => entry.revision === revision);
  }

  /** Whether the store can hold more than one set of flags. */
  get hasEnvironments(): boolean {
    return this.#administered.store.environments !== undefined;
  }

  /** Every environment of the store that was ever written to; only the app's own where the store does not tell them apart. */
  async environments(): Promise<readonly string[]> {
    const { environments } = this.#administered.store;
    const known = environments === undefined ? [] : await ofStore(environments.list());
    return known.includes(this.environment) ? known : [this.environment, ...known];
  }

  /** What is there now. */
  async load(environment: string): Promise<StoreContent> {
    const { store, link } = this.#administered;
    if (environment !== this.environment) return ofStore(store.load(environment));
    // Only what is new has to be read.
    await link.fresh();
    return link.content;
  }

  /** What the store held at a moment: what is there, with every later change taken back. */
  async contentAt(moment: number, environment = this.environment): Promise<PastContent> {
    return pastContent(await this.load(environment), moment, (query) => this.history(query, environment));
  }
}

/** Whatever a store throws, what comes out says that it was the store. */
async function ofStore<Answer>(answer: Promise<Answer>): Promise<Answer> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof GatekeeperError) throw error;
    throw new GatekeeperError('STORE_FAILED', messageOf(error), { cause: error });
  }
}

function refuseBreaking(compiler: Compiler, content: StoreContent, change: Required<StoreChange>): void {
  refuse(compiler.brokenBy(content, change)?.message);
}

function newProblem(before: Snapshot, after: Snapshot): string | undefined {
  const known = new Set(before.problems.map(({ message }) => message));
  return after.problems.find(({ message }) => !known.has(message))?.message;
}

function refuse(problem: string | undefined): void {
  if (problem !== undefined) throw new GatekeeperError('INVALID_DEFINITION', `${problem} Nothing was written.`);
}
