import { GatekeeperError, shown } from '../../errors.js';
import type { PostgresPool } from './driver.js';

export interface PostgresOptions {
  /** `postgres://user:password@host:5432/database`, with the parameters that `pg` knows. */
  readonly connectionString?: string | undefined;
  /** The app's own `pg.Pool`, instead. It is used, and never closed; one connection is made beside it, for notifications. */
  readonly pool?: PostgresPool | undefined;
  /** Where the tables are; created when it is missing. `public` by default. */
  readonly schema?: string | undefined;
  /** What the names of the tables begin with. `gatekeeper_` by default. */
  readonly prefix?: string | undefined;
  /** For how long a connection is waited for, in milliseconds. 2,000 by default. */
  readonly connectTimeout?: number | undefined;
  /** For how long a statement is waited for, in milliseconds. 5,000 by default. */
  readonly statementTimeout?: number | undefined;
  /** How often the connection for notifications is asked whether it is still one, in milliseconds. 5,000 by default. */
  readonly pingEvery?: number | undefined;
}

/** The options with nothing left open. */
export interface Settings {
  readonly source: string | PostgresPool;
  readonly schema: string;
  readonly prefix: string;
  readonly connectTimeout: number;
  readonly statementTimeout: number;
  readonly pingEvery: number;
}

/** Bytes of a name in Postgres: what is longer is cut off without a word. */
const NAME_BYTES = 63;
/** What the name of a table may add to the prefix. */
const SUFFIX_BYTES = 16;
const LONGEST_WAIT = 600_000;

/** A user, and an `@` where the database stands: a password with both `@` and `/` in it reads so, and would be shown. */
const TORN = /^\w+:\/\/[^/?#]*@[^?#]*\/[^?#]*@/;

/** @throws GatekeeperError `INVALID_OPTION` naming the option */
export function settingsOf(given: string | PostgresOptions): Settings {
  const options: PostgresOptions = typeof given === 'string' ? { connectionString: given } : given;
  return {
    source: sourceOf(options),
    schema: identifier('schema', options.schema ?? 'public', NAME_BYTES, 1),
    prefix: identifier('prefix', options.prefix ?? 'gatekeeper_', NAME_BYTES - SUFFIX_BYTES, 0),
    connectTimeout: wait('connectTimeout', options.connectTimeout ?? 2_000),
    statementTimeout: wait('statementTimeout', options.statementTimeout ?? 5_000),
    pingEvery: wait('pingEvery', options.pingEvery ?? 5_000),
  };
}

function sourceOf({ connectionString, pool }: PostgresOptions): string | PostgresPool {
  const [source, ...others] = [connectionString, pool].filter((each) => each !== undefined);
  if (source === undefined || others.length > 0) {
    throw refused('either a connectionString or a pool, and not both');
  }
  // Never shown: there is a password in it.
  if (typeof source === 'string') {
    if (TORN.test(source)) {
      throw refused('every @ and / of a password, or of a database, encoded in its connectionString: %40 and %2F');
    }
    if (/^postgres(ql)?:\/\//.test(source)) return source;
    throw refused('a connectionString like postgres://user:password@host:5432/database');
  }
  if (typeof source === 'object' && typeof source.connect === 'function' && typeof source.options === 'object') {
    return source;
  }
  throw refused(`a pg.Pool as its pool, not ${shown(source)}`);
}

function identifier(option: string, value: unknown, most: number, least: number): string {
  const length = typeof value === 'string' && !/[\0\p{Cs}]/u.test(value) ? Buffer.byteLength(value) : -1;
  if (typeof value === 'string' && length >= least && length <= most) return value;
  throw refused(`text of ${least} to ${most} bytes as its ${option}, not ${shown(value)}`);
}

function wait(option: string, value: unknown): number {
  if (Number.isInteger(value) && Number(value) >= 1 && Number(value) <= LONGEST_WAIT) return Number(value);
  throw refused(`whole milliseconds from 1 to ${LONGEST_WAIT} as its ${option}, not ${shown(value)}`);
}

function refused(wanted: string): GatekeeperError {
  return new GatekeeperError('INVALID_OPTION', `postgresStore() needs ${wanted}.`);
}
