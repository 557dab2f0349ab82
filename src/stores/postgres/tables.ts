import { createHash } from 'node:crypto';

/** Where a store's data is: its tables by their whole, quoted names, and what stands for the place where names are short. */
export interface Tables {
  readonly schema: string;
  readonly migrations: string;
  readonly environments: string;
  readonly records: string;
  readonly entries: string;
  readonly changes: string;
  /** Where changes are told of. */
  readonly channel: string;
  /** What is locked while the tables are made: a number of 64 bits. */
  readonly lock: string;
}

export function tablesOf(schema: string, prefix: string): Tables {
  const table = (name: string): string => `${quoted(schema)}.${quoted(prefix + name)}`;
  const hash = hashOf(JSON.stringify([schema, prefix]));
  return {
    schema,
    migrations: table('migrations'),
    environments: table('environments'),
    records: table('records'),
    entries: table('entries'),
    changes: table('changes'),
    channel: `gatekeeper_${hash}`,
    lock: BigInt.asIntN(64, BigInt(`0x${hash}`)).toString(),
  };
}

/** What an environment is called in notifications, where there is no room for any text. */
export function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}

/** A name as Postgres takes any. */
export function quoted(identifier: string): string {
  return `"${identifier.replaceAll('"', '""')}"`;
}
