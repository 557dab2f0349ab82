import { setImmediate } from 'node:timers/promises';
import { GatekeeperError } from '../../errors.js';
import type { AuditEntry, HistoryQuery } from '../audit.js';
import type { ChangeOptions, FlagStore, Revision, StoreChange, StoreContent, StoreDelta } from '../store.js';
import { failure } from './failure.js';
import { patiently } from './patience.js';
import { environmentsIn, history, load, since } from './read.js';
import type { Source } from './source.js';
import { dataVersionOf, revisionOf, type Statements } from './statements.js';
import { Watchers } from './watchers.js';
import { type Draft, draftOf, unknownOutcome, write } from './write.js';

/** Flags in an SQLite database, shared by every process on this machine that opens it. */
export class SqliteStore implements FlagStore {
  readonly name: string;
  readonly #source: Source;
  readonly #watchers = new Watchers((environment) => this.#revision(environment));
  /** Revisions by environment, as of one commit of others. */
  readonly #known = new Map<string, Revision>();
  #knownBy: { readonly statements: Statements; readonly dataVersion: number } | undefined;
  /** Changes are made one after another, in the order they were asked for. */
  #lastChange: Promise<unknown> = Promise.resolve();
  #closed = false;

  readonly sync = {
    load: (environment: string): StoreContent => this.#read(() => load(this.#source.statements(), environment)),
    revision: (environment: string): Revision => this.#read(() => this.#revision(environment)),
    since: (environment: string, revision: Revision): StoreDelta | undefined =>
      this.#read(() => since(this.#source.statements(), environment, revision)),
  };

  readonly deltas = {
    since: (environment: string, revision: Revision): Promise<StoreDelta | undefined> =>
      this.#readPatiently(() => since(this.#source.statements(), environment, revision)),
  };

  readonly environments = {
    list: (): Promise<readonly string[]> => this.#readPatiently(() => environmentsIn(this.#source.statements())),
  };

  constructor(source: Source) {
    this.#source = source;
    this.name = source.name;
  }

  load(environment: string): Promise<StoreContent> {
    return this.#readPatiently(() => load(this.#source.statements(), environment));
  }

  revision(environment: string): Promise<Revision> {
    return this.#readPatiently(() => this.#revision(environment));
  }

  async apply(environment: string, change: StoreChange, options: ChangeOptions): Promise<Revision> {
    this.#refuseIfClosed();
    const draft = draftOf(environment, change, options);
    if (draft.records.length === 0) return this.revision(environment);
    const made = this.#lastChange.then(() => this.#write(draft));
    this.#lastChange = made.catch(() => undefined);
    return made;
  }

  history(environment: string, query: HistoryQuery = {}): Promise<readonly AuditEntry[]> {
    return this.#readPatiently(() => history(this.#source.statements(), environment, query));
  }

  watch(environment: string, onRevision: (revision?: Revision) => void): () => void {
    this.#refuseIfClosed();
    return this.#watchers.add(environment, onRevision);
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#watchers.stop();
    // What was asked for before is made, or refused, before the database is closed.
    await this.#lastChange;
    this.#source.close();
  }

  async #write(draft: Draft): Promise<Revision> {
    // A write takes as long as the disk does, and nothing is waited for: between many, others have to get their turn.
    await setImmediate();
    try {
      return await patiently(
        () => this.#writeNow(draft),
        () => this.#closed,
      );
    } catch (error) {
      throw failure(this.name, 'be written', error);
    } finally {
      this.#known.delete(draft.environment);
      // On its own: what a watcher throws does not concern who wrote.
      queueMicrotask(() => this.#watchers.look());
    }
  }

  #writeNow(draft: Draft): Revision {
    const statements = this.#source.statements(true);
    const revision = write(statements, draft, this.name);
    // Had the file been replaced meanwhile, the change would be where nobody will see it.
    if (this.#source.statements(true) !== statements) throw unknownOutcome(this.name);
    return revision;
  }

  #revision(environment: string): Revision {
    const statements = this.#source.statements();
    if (!this.#source.ownsConnection) return revisionOf(statements, environment);
    // First the version: a commit that comes between the two is then seen by the next look.
    const dataVersion = dataVersionOf(statements);
    if (this.#knownBy?.dataVersion !== dataVersion || this.#knownBy.statements !== statements) {
      // Opened anew, it may be another database at the same revision.
      if (this.#knownBy?.statements !== statements) this.#watchers.forget();
      this.#known.clear();
      this.#knownBy = { statements, dataVersion };
    }
    const known = this.#known.get(environment);
    if (known !== undefined) return known;
    const revision = revisionOf(statements, environment);
    this.#known.set(environment, revision);
    return revision;
  }

  #read<Result>(action: () => Result): Result {
    this.#refuseIfClosed();
    try {
      return action();
    } catch (error) {
      throw failure(this.name, 'be read', error);
    }
  }

  async #readPatiently<Result>(action: () => Result): Promise<Result> {
    this.#refuseIfClosed();
    try {
      return await patiently(action, () => this.#closed);
    } catch (error) {
      throw failure(this.name, 'be read', error);
    }
  }

  #refuseIfClosed(): void {
    if (this.#closed) throw new GatekeeperError('STORE_FAILED', `${this.name} is closed.`);
  }
}
