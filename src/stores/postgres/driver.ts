import { GatekeeperError } from '../../errors.js';
import { clientModule } from '../client.js';

/** What is used of a connection of `pg`, whatever its version. */
export interface PostgresConnection {
  query(text: string, values?: unknown[]): Promise<{ rows: unknown[] }>;
  on(event: 'error', listener: (error: Error) => void): unknown;
  removeListener(event: 'error', listener: (error: Error) => void): unknown;
}

/** One that a pool lends. */
export interface PooledConnection extends PostgresConnection {
  /** @param broken why it cannot be used again */
  release(broken?: Error | boolean): void;
}

/** What is used of a `pg.Pool`: an app hands in its own, of any version. */
export interface PostgresPool {
  connect(): Promise<PooledConnection>;
  on(event: 'error', listener: (error: Error) => void): unknown;
  removeListener(event: 'error', listener: (error: Error) => void): unknown;
  end(): Promise<void>;
  /** What its connections are made from; ours for notifications is made from the same. */
  readonly options: object;
}

/** A connection of its own, beside the pool. */
export interface PostgresClient extends PostgresConnection {
  readonly host?: string;
  readonly port?: number;
  readonly database?: string;
  connect(): Promise<unknown>;
  end(): Promise<unknown>;
  unref(): void;
  on(event: 'error', listener: (error: Error) => void): unknown;
  on(event: 'end', listener: () => void): unknown;
  on(event: 'notification', listener: (message: { readonly payload?: string }) => void): unknown;
  /** Not for everybody, and there in every version: the one way to let go of a peer that no longer answers. */
  readonly connection?: { readonly stream?: { destroy(): void } };
}

/** Makes connections from what a pool or an app has said about them. */
export type ClientMaker = new (options: object) => PostgresClient;

export interface Driver {
  readonly Client: ClientMaker;
  readonly Pool: new (options: object) => PostgresPool;
}

/** @throws GatekeeperError `CLIENT_MISSING` */
export function loadDriver(): Driver {
  return clientModule('pg', 'The Postgres store') as Driver;
}

/** What the pool itself makes its connections with: the app may have chosen it, e.g. one that is traced. */
export function clientMakerOf(pool: PostgresPool): ClientMaker {
  const own = 'Client' in pool ? pool.Client : undefined;
  return typeof own === 'function' ? (own as ClientMaker) : loadDriver().Client;
}

/** A pool's options for a connection beside it. A pool keeps its password where copying does not see it. */
export function clientOptionsOf({ options }: PostgresPool): object {
  return 'password' in options ? { ...options, password: options.password } : options;
}

/**
 * Where a pool connects to, without who does: read by the client itself, which knows all that a URL may say.
 *
 * @throws GatekeeperError `INVALID_OPTION` when it cannot be read
 */
export function placeOf(pool: PostgresPool): string {
  try {
    const { host = '', port = '', database = '' } = new (clientMakerOf(pool))(clientOptionsOf(pool));
    return `${host}:${port}/${database ?? ''}`;
  } catch {
    // The cause may hold the password.
    throw new GatekeeperError(
      'INVALID_OPTION',
      'postgresStore() cannot read its connectionString; write postgres://user:password@host:5432/database, with %40 for an @ in a password.',
    );
  }
}
