import { GatekeeperError } from '../errors.js';
import type { Snapshot } from '../evaluation/snapshot.js';
import type { AuditEntry, HistoryQuery } from '../stores/audit.js';
import type { ChangeOptions, FlagStore, Revision, StoreChange, StoreContent } from '../stores/store.js';
import type { Compiler } from './compiler.js';
import { realChange, withChange } from './content.js';
import { type Edit, Editor } from './editor.js';
import { checkChangeOptions } from './options.js';
import type { StoreLink } from './store-link.js';

/** How many entries of a history are read at once. */
const PAGE = 200;

interface Administered {
  readonly store: FlagStore;
  readonly environment: string;
  readonly clock: () => number;
  readonly link: StoreLink;
  readonly compiler: Compiler;
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
    return this.#editor.edit(edit, { at: this.#administered.clock(), ...options });
  }

  /** The same in any environment. */
  async editIn(environment: string, edit: Edit, options: ChangeOptions): Promise<Revision> {
    if (environment === this.environment) return this.edit(edit, options);
    checkChangeOptions(options);
    const { store, clock, compiler } = this.#administered;
    let content = await store.load(environment);
    const editor = new Editor({
      store,
      environment,
      content: () => content,
      refresh: async () => {
        content = await store.load(environment);
      },
      check: (known, change) => {
        const before = new Set(compiler.of(known).problems.map(({ message }) => message));
        const { problems } = compiler.of(withChange(known, change, known.revision));
        refuse(problems.find(({ message }) => !before.has(message))?.message);
      },
      wrote: async () => undefined,
    });
    return editor.edit(edit, { at: clock(), ...options });
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

  history(query?: HistoryQuery, environment = this.environment): Promise<readonly AuditEntry[]> {
    return this.#administered.store.history(environment, query);
  }

  /** Every environment of the store that was ever written to; only the app's own where the store does not tell them apart. */
  async environments(): Promise<readonly string[]> {
    const known = (await this.#administered.store.environments?.list()) ?? [];
    return known.includes(this.environment) ? known : [this.environment, ...known];
  }

  load(environment: string): Promise<StoreContent> {
    return this.#administered.store.load(environment);
  }

  /** What the store held at a moment: what is there, with every later change taken back. */
  async contentAt(moment: number): Promise<StoreContent> {
    let content = await this.load(this.environment);
    let before: Revision | undefined;
    for (;;) {
      const entries = await this.history({ limit: PAGE, ...(before !== undefined && { before }) });
      for (const { at, revision, changes } of entries) {
        if (at <= moment) return { ...content, revision };
        content = withChange(content, undone(changes), revision - 1);
        before = revision;
      }
      if (entries.length < PAGE) return content;
    }
  }
}

/** The change that takes these back. */
export function undone(changes: AuditEntry['changes']): StoreChange {
  const back: { flags: Record<string, never>; segments: Record<string, never> } = { flags: {}, segments: {} };
  for (const { kind, name, before } of changes) {
    Object.defineProperty(back[`${kind}s`], name, {
      value: before,
      enumerable: true,
      configurable: true,
      writable: true,
    });
  }
  return back;
}

function refuseBreaking(compiler: Compiler, content: StoreContent, change: Required<StoreChange>): void {
  refuse(compiler.brokenBy(content, change)?.message);
}

function refuse(problem: string | undefined): void {
  if (problem !== undefined) throw new GatekeeperError('INVALID_DEFINITION', `${problem} Nothing was written.`);
}
