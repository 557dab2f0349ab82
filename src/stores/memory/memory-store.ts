import { GatekeeperError } from '../../errors.js';
import type { Definitions } from '../../evaluation/definition/schema.js';
import {
  type AuditEntry,
  byName,
  type ChangedRecord,
  HISTORY_LIMIT,
  type HistoryQuery,
  type RecordChange,
  recordsOf,
} from '../audit.js';
import { ConflictError } from '../conflict-error.js';
import type { ChangeOptions, FlagStore, Revision, StoreChange, StoreContent, StoreDelta } from '../store.js';

/** One environment: the audit log, and what it amounts to. */
interface Shelf {
  readonly entries: AuditEntry[];
  /** Each record with the revision of its last change, also once it is gone. */
  readonly records: Map<string, ChangedRecord & { readonly revision: Revision }>;
}

/** Flags that live and end with this process. For tests, and for apps that are one process and write on their own. */
export class MemoryStore implements FlagStore {
  readonly name = 'memory';
  readonly #shelves = new Map<string, Shelf>();
  readonly #watchers = new Map<() => void, string>();
  #closed = false;

  readonly sync = {
    load: (environment: string): StoreContent => this.#load(environment),
    revision: (environment: string): Revision => this.#revision(environment),
    since: (environment: string, revision: Revision): StoreDelta => this.#since(environment, revision),
  };

  readonly deltas = {
    since: async (environment: string, revision: Revision): Promise<StoreDelta> => this.#since(environment, revision),
  };

  readonly environments = {
    list: async (): Promise<readonly string[]> => [...this.#open().keys()].sort(),
  };

  async load(environment: string): Promise<StoreContent> {
    return this.#load(environment);
  }

  async revision(environment: string): Promise<Revision> {
    return this.#revision(environment);
  }

  async apply(environment: string, change: StoreChange, options: ChangeOptions): Promise<Revision> {
    const { expectedRevision, by, comment = '', at = Date.now() } = options;
    const shelf: Shelf = this.#open().get(environment) ?? { entries: [], records: new Map() };
    const before = shelf.entries.at(-1)?.revision ?? 0;
    // What is kept is not what the caller holds.
    const records = recordsOf(change).map(copied);
    if (records.length === 0) return before;
    if (expectedRevision !== undefined) refuseStale(shelf, records, before, expectedRevision);
    const revision = before + 1;
    const changes = records.map((record): RecordChange => {
      const known = shelf.records.get(keyOf(record));
      shelf.records.set(keyOf(record), { ...record, revision });
      return { ...record, before: known?.after ?? null };
    });
    shelf.entries.push({ revision, at, by, comment, changes });
    this.#shelves.set(environment, shelf);
    for (const [tell, watched] of this.#watchers) if (watched === environment) tell();
    return revision;
  }

  async history(environment: string, query: HistoryQuery = {}): Promise<readonly AuditEntry[]> {
    const { flag, segment, before = Number.POSITIVE_INFINITY, limit = HISTORY_LIMIT } = query;
    const wanted = ({ kind, name }: RecordChange): boolean => name === (kind === 'flag' ? flag : segment);
    const entries = this.#open().get(environment)?.entries ?? [];
    const found = entries
      .filter(({ revision }) => revision < before)
      .map((entry) =>
        flag === undefined && segment === undefined ? entry : { ...entry, changes: entry.changes.filter(wanted) },
      )
      .filter(({ changes }) => changes.length > 0);
    return structuredClone(found.reverse().slice(0, limit));
  }

  watch(environment: string, onRevision: (revision?: Revision) => void): () => void {
    const tell = (): void => onRevision(this.#revision(environment));
    this.#watchers.set(tell, environment);
    return () => {
      this.#watchers.delete(tell);
    };
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#watchers.clear();
  }

  #load(environment: string): StoreContent {
    const records = this.#open().get(environment)?.records.values() ?? [];
    const there = [...records].filter(({ after }) => after !== null);
    return { revision: this.#revision(environment), ...(byName(there.map(copied)) as Required<Definitions>) };
  }

  #since(environment: string, since: Revision): StoreDelta {
    const records = this.#open().get(environment)?.records.values() ?? [];
    const changed = [...records].filter(({ revision }) => revision > since);
    return { revision: this.#revision(environment), ...byName(changed.map(copied)) };
  }

  #revision(environment: string): Revision {
    return this.#open().get(environment)?.entries.at(-1)?.revision ?? 0;
  }

  #open(): Map<string, Shelf> {
    if (!this.#closed) return this.#shelves;
    throw new GatekeeperError('STORE_FAILED', 'The store in memory is closed.');
  }
}

function refuseStale(shelf: Shelf, records: ChangedRecord[], revision: Revision, expected: Revision): void {
  const known = records.map((record) => shelf.records.get(keyOf(record)) ?? { ...record, after: null, revision: 0 });
  if (expected <= revision && known.every((record) => record.revision <= expected)) return;
  throw new ConflictError(byName(known.map(copied)), revision, expected);
}

function copied<Item>(item: Item): Item {
  return structuredClone(item);
}

function keyOf({ kind, name }: ChangedRecord): string {
  return `${kind} ${name}`;
}
