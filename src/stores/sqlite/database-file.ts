import { statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { GatekeeperError } from '../../errors.js';
import type { OwnDatabase, SqliteDriver } from './driver.js';
import { patientlyAtOnce } from './patience.js';
import type { Source } from './source.js';
import { type Statements, statementsOf } from './statements.js';

const IN_MEMORY = ':memory:';

/** For how long the file may be another one before a read notices, in milliseconds. */
const LOOK_EVERY = 25;

/**
 * - `busy_timeout`: this long SQLite itself waits for others, and the event loop with it; longer waits are ours.
 * - `journal_mode = WAL`: readers and a writer never wait for each other, in whichever processes.
 * - `synchronous = FULL`: a change that was acknowledged survives the loss of power too. In WAL mode NORMAL would lose the last ones.
 *   It costs one fsync per change, and flags are read a million times for each.
 */
const SETTINGS = 'PRAGMA busy_timeout = 50; PRAGMA synchronous = FULL; PRAGMA journal_mode = WAL;';

interface Opened {
  readonly database: OwnDatabase;
  readonly statements: Statements;
  readonly inode: bigint | undefined;
  readonly walInode: bigint | undefined;
}

/**
 * A database by its path, opened when it is first needed. A file that was replaced is opened anew. One that is gone is not made
 * again while this process lives: an empty store in its place would undo every kill.
 */
export class DatabaseFile implements Source {
  readonly name: string;
  readonly ownsConnection = true;
  readonly #path: string;
  readonly #driver: SqliteDriver;
  readonly #prefix: string;
  #opened: Opened | undefined;
  #seen = false;
  #lookedAt = 0;

  constructor(path: string, driver: SqliteDriver, prefix: string) {
    this.#path = path === IN_MEMORY ? path : resolve(path);
    this.name = path === IN_MEMORY ? 'the SQLite database in memory' : path;
    this.#driver = driver;
    this.#prefix = prefix;
  }

  statements(sure = false): Statements {
    if (this.#opened !== undefined) {
      const now = performance.now();
      if (!sure && now - this.#lookedAt < LOOK_EVERY) return this.#opened.statements;
      if (this.#isWhatItWas(this.#opened)) {
        this.#lookedAt = now;
        return this.#opened.statements;
      }
      this.close();
    }
    this.#opened = this.#open();
    this.#lookedAt = performance.now();
    return this.#opened.statements;
  }

  close(): void {
    const opened = this.#opened;
    this.#opened = undefined;
    opened?.database.close();
  }

  #open(): Opened {
    this.#refuseIfGone();
    const database = this.#connect();
    try {
      // Changing to WAL, and the first look after a crash, are refused at once while others do the same.
      const statements = patientlyAtOnce(() => {
        database.exec(SETTINGS);
        return statementsOf(database, this.#prefix, this.name);
      });
      this.#seen = true;
      return { database, statements, inode: inodeOf(this.#path), walInode: inodeOf(this.#walPath) };
    } catch (error) {
      database.close();
      throw error;
    }
  }

  #connect(): OwnDatabase {
    try {
      return this.#driver.open(this.#path);
    } catch (error) {
      const folder = dirname(this.#path);
      if (inodeOf(folder) === undefined) throw this.#unopened(`there is no folder ${folder}; create it`, error);
      if (isFolder(this.#path)) throw this.#unopened('it is a folder; name a file', error);
      throw error;
    }
  }

  #unopened(why: string, cause: unknown): GatekeeperError {
    return new GatekeeperError('STORE_FAILED', `${this.name} cannot be opened: ${why}.`, { cause });
  }

  #isWhatItWas({ inode, walInode }: Opened): boolean {
    if (this.#path === IN_MEMORY) return true;
    const now = inodeOf(this.#path);
    if (now === inode) return true;
    if (now === undefined) this.#refuseIfGone();
    if (walInode === undefined || inodeOf(this.#walPath) !== walInode) return false;
    // SQLite would take the pages of the old database in it for pages of the new one.
    throw new GatekeeperError(
      'STORE_FAILED',
      `${this.name} was replaced while it was open, but ${this.name}-wal is still that of the one before. ` +
        `Stop what uses it, remove ${this.name}-wal and ${this.name}-shm, and start again.`,
    );
  }

  #refuseIfGone(): void {
    if (!this.#seen || this.#path === IN_MEMORY || inodeOf(this.#path) !== undefined) return;
    throw new GatekeeperError(
      'STORE_FAILED',
      `${this.name} was there and is gone. Put it back, or start again to begin with an empty one.`,
    );
  }

  get #walPath(): string {
    return `${this.#path}-wal`;
  }
}

/** `undefined` for what is not there. */
function inodeOf(path: string): bigint | undefined {
  return statSync(path, { bigint: true, throwIfNoEntry: false })?.ino;
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
