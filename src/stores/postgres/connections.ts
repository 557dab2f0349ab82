import { ConflictError } from '../conflict-error.js';
import { within } from './deadline.js';
import { loadDriver, type PooledConnection, type PostgresPool } from './driver.js';
import type { Settings } from './options.js';

/** Asks the database, for no longer than is allowed. */
export type Query = <Row = unknown>(text: string, values?: unknown[]) => Promise<readonly Row[]>;

/** One writes at a time, two read meanwhile. */
const POOL_SIZE = 3;

/** The store's connections: a small pool of its own, or the app's. */
export class Connections {
  readonly pool: PostgresPool;
  readonly #own: boolean;
  readonly #settings: Settings;

  /** @throws GatekeeperError `CLIENT_MISSING` */
  constructor(settings: Settings) {
    const { source } = settings;
    this.#settings = settings;
    this.#own = typeof source === 'string';
    this.pool = typeof source === 'string' ? ownPool(source, settings) : source;
    // A connection that ends while nobody uses it is replaced; unheard, its error would end the process.
    this.pool.on('error', unheard);
  }

  /** Statements that change nothing. */
  async read<Result>(work: (query: Query) => Promise<Result>): Promise<Result> {
    return this.#lent((connection) => work(this.#query(connection)));
  }

  /**
   * Does the work in one transaction, which sees what others committed before each statement.
   *
   * @param onCommit called when it is about to be committed: what fails afterwards may have happened
   */
  async transaction<Result>(work: (query: Query) => Promise<Result>, onCommit?: () => void): Promise<Result> {
    return this.#lent(async (connection) => {
      const query = this.#query(connection);
      await query(this.#begin());
      try {
        const result = await work(query);
        onCommit?.();
        await query('COMMIT');
        return result;
      } catch (error) {
        if (error instanceof ConflictError) await query('ROLLBACK');
        throw error;
      }
    });
  }

  /** Ends what is the store's own. */
  async close(): Promise<void> {
    if (this.#own) await this.pool.end();
    else this.pool.removeListener('error', unheard);
  }

  async #lent<Result>(work: (connection: PooledConnection) => Promise<Result>): Promise<Result> {
    const connection = await this.#connect();
    connection.on('error', unheard);
    try {
      const result = await work(connection);
      connection.removeListener('error', unheard);
      connection.release();
      return result;
    } catch (error) {
      // After a conflict it is as good as before. After anything else nobody knows: the server undoes what was not committed.
      if (error instanceof ConflictError) connection.removeListener('error', unheard);
      connection.release(!(error instanceof ConflictError));
      throw error;
    }
  }

  async #connect(): Promise<PooledConnection> {
    let connecting: Promise<PooledConnection> | undefined;
    try {
      return await within(this.#settings.connectTimeout, 'No connection was there', () => {
        connecting = this.pool.connect();
        return connecting;
      });
    } catch (error) {
      // One that comes too late goes back to those who wait.
      connecting?.then((late) => late.release(), unheard);
      throw error;
    }
  }

  #query(connection: PooledConnection): Query {
    return async <Row>(text: string, values?: unknown[]) => {
      const ask = () => connection.query(text, values);
      const { rows } = await within(this.#settings.statementTimeout, 'No answer came', ask);
      return rows as readonly Row[];
    };
  }

  /** In one round trip: nothing waits longer for a lock, or keeps one, than the caller waits; what is acknowledged is on disk. */
  #begin(): string {
    const { statementTimeout } = this.#settings;
    return `BEGIN ISOLATION LEVEL READ COMMITTED;
      SET LOCAL statement_timeout = ${statementTimeout};
      SET LOCAL idle_in_transaction_session_timeout = ${statementTimeout};
      SELECT set_config('synchronous_commit', 'on', true) WHERE current_setting('synchronous_commit') = 'off'`;
  }
}

function ownPool(connectionString: string, { connectTimeout }: Settings): PostgresPool {
  return new (loadDriver().Pool)({
    connectionString,
    max: POOL_SIZE,
    allowExitOnIdle: true,
    connectionTimeoutMillis: connectTimeout,
    idleTimeoutMillis: 60_000,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    fallback_application_name: 'express-gatekeeper',
  });
}

function unheard(): void {}
