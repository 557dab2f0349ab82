import type { SqliteDatabase } from './driver.js';
import { type Statements, statementsOf } from './statements.js';

/** Where a store's database comes from. */
export interface Source {
  /** What it is, for messages. */
  readonly name: string;
  /**
   * The statements, of a database that is opened when it is first needed. May throw at any time: the disk may be gone.
   *
   * @param sure whether to look closely that it is still the file it was, as before a write
   */
  statements(sure?: boolean): Statements;
  /** Whether what was read with these statements may be remembered until others commit. */
  readonly ownsConnection: boolean;
  close(): void;
}

/** A connection that the app opened, and shares with us. */
export class GivenDatabase implements Source {
  readonly name = 'the SQLite database';
  // The app, or another store on this connection, may write through it, and `PRAGMA data_version` tells of others only.
  readonly ownsConnection = false;
  readonly #database: SqliteDatabase;
  readonly #prefix: string;
  #statements: Statements | undefined;

  constructor(database: SqliteDatabase, prefix: string) {
    this.#database = database;
    this.#prefix = prefix;
  }

  statements(): Statements {
    this.#statements ??= statementsOf(this.#database, this.#prefix, this.name);
    return this.#statements;
  }

  close(): void {
    this.#statements = undefined;
  }
}
