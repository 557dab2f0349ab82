import { GatekeeperError, shown } from '../../errors.js';
import type { Definitions } from '../../evaluation/definition/schema.js';
import { type AuditEntry, byName, entriesOf, HISTORY_LIMIT, type HistoryQuery, recordsOf } from '../audit.js';
import type { ChangeOptions, FlagStore, Revision, StoreChange, StoreContent, StoreDelta } from '../store.js';
import { Connections, type Query } from './connections.js';
import { placeOf } from './driver.js';
import { failure, isTableMissing } from './failure.js';
import { Listener } from './listener.js';
import { migrate } from './migrations.js';
import type { Settings } from './options.js';
import {
  auditRowOf,
  type HistoryRow,
  type LoadedRow,
  recordsIn,
  refuseOddNames,
  refuseOddText,
  rowOf,
} from './rows.js';
import { type Statements, statementsOf } from './statements.js';
import { type Tables, tablesOf } from './tables.js';
import { Turns } from './turns.js';
import { write } from './write.js';

/** Flags in Postgres. What changes is told to every process by NOTIFY. */
export class PostgresStore implements FlagStore {
  readonly name: string;
  readonly #tables: Tables;
  readonly #statements: Statements;
  readonly #connections: Connections;
  readonly #listener: Listener;
  readonly #turns = new Turns();
  #migrated: Promise<void> | undefined;
  #closed: Promise<void> | undefined;

  readonly deltas = {
    since: (environment: string, revision: Revision): Promise<StoreDelta | undefined> =>
      this.#since(environment, revision),
  };

  readonly environments = {
    list: async (): Promise<readonly string[]> => {
      const rows = await this.#read<{ name: string }>('its environments were not read', this.#statements.environments);
      // In the order every store has, rather than the database's.
      return rows.map(({ name }) => name).sort();
    },
  };

  constructor(settings: Settings) {
    this.#tables = tablesOf(settings.schema, settings.prefix);
    this.#statements = statementsOf(this.#tables);
    this.#connections = new Connections(settings);
    this.name = `Postgres at ${placeOf(this.#connections.pool)}`;
    this.#listener = new Listener(this.#connections.pool, this.#statements.listen, settings);
  }

  async load(environment: string): Promise<StoreContent> {
    const rows = await this.#read<LoadedRow>(notRead(environment), this.#statements.load, [environment]);
    return { revision: Number(rows[0]?.revision ?? 0), ...(byName(recordsIn(rows)) as Required<Definitions>) };
  }

  async revision(environment: string): Promise<Revision> {
    const [row] = await this.#read<LoadedRow>(notRead(environment), this.#statements.revision, [environment]);
    return Number(row?.revision ?? 0);
  }

  async apply(environment: string, change: StoreChange, options: ChangeOptions): Promise<Revision> {
    // As text at once: what is written is not what the caller makes of it meanwhile.
    const records = recordsOf(change).map(rowOf);
    if (records.length === 0) return this.revision(environment);
    refuseOddNames([environment, ...records.map(({ name }) => name)]);
    refuseOddText(options.by);
    refuseOddText(options.comment ?? '');
    let outcome = 'nothing was written';
    const committing = (): void => {
      outcome = 'whether the change was written is not known; read what is there before trying again';
    };
    const work = (query: Query) => write(query, this.#statements, environment, records, options);
    return this.#ask(
      () => `${shown(environment)} was not changed, ${outcome}`,
      () => this.#turns.take(() => this.#connections.transaction(work, committing)),
    );
  }

  async history(environment: string, query: HistoryQuery = {}): Promise<readonly AuditEntry[]> {
    const { flag, segment, before = Number.MAX_SAFE_INTEGER, limit = HISTORY_LIMIT } = query;
    const { history, historyOf } = this.#statements;
    const page = [environment, before, Math.min(limit, Number.MAX_SAFE_INTEGER)];
    const ofAll = flag === undefined && segment === undefined;
    const rows = ofAll
      ? await this.#read<HistoryRow>(notRead(environment), history, page)
      : await this.#read<HistoryRow>(notRead(environment), historyOf, [...page, flag, segment]);
    return entriesOf(rows.map(auditRowOf));
  }

  watch(environment: string, onRevision: (revision?: Revision) => void): () => void {
    return this.#closed !== undefined ? () => undefined : this.#listener.watch(environment, onRevision);
  }

  close(): Promise<void> {
    this.#closed ??= Promise.all([this.#listener.close(), this.#connections.close()]).then(() => undefined);
    return this.#closed;
  }

  async #since(environment: string, since: Revision): Promise<StoreDelta | undefined> {
    const rows = await this.#read<LoadedRow>(notRead(environment), this.#statements.since, [environment, since]);
    const revision = Number(rows[0]?.revision ?? 0);
    // Older than what was seen: another database, or one put back from a copy.
    return revision < since ? undefined : { revision, ...byName(recordsIn(rows)) };
  }

  #read<Row>(what: string, statement: string, values?: unknown[]): Promise<readonly Row[]> {
    const work = (query: Query): Promise<readonly Row[]> => query<Row>(statement, values);
    return this.#ask(
      () => what,
      () => this.#connections.read(work),
    );
  }

  async #ask<Result>(what: () => string, ask: () => Promise<Result>): Promise<Result> {
    if (this.#closed !== undefined) throw new GatekeeperError('STORE_FAILED', `${this.name} is closed.`);
    await this.#ready();
    try {
      return await ask();
    } catch (error) {
      // They are made again at the next call.
      if (isTableMissing(error)) this.#migrated = undefined;
      throw failure(this.name, what(), error);
    }
  }

  /** Before the first statement, and again until it worked. */
  #ready(): Promise<void> {
    this.#migrated ??= migrate(this.#connections, this.#tables).catch((error: unknown) => {
      this.#migrated = undefined;
      throw failure(this.name, 'its tables are not ready', error);
    });
    return this.#migrated;
  }
}

function notRead(environment: string): string {
  return `${shown(environment)} was not read`;
}
