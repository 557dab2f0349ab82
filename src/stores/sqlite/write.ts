import { GatekeeperError, shown } from '../../errors.js';
import { byName, type ChangedRecord, type RecordKind, recordsOf } from '../audit.js';
import { ConflictError } from '../conflict-error.js';
import type { ChangeOptions, Revision, StoreChange } from '../store.js';
import { resultOf } from './failure.js';
import { knownVersion, rollBack } from './migrations.js';
import { definitionIn } from './read.js';
import { revisionOf, type Statements } from './statements.js';

/** A change as it will stand in the tables. What the caller does to its objects afterwards does not reach it. */
export interface Draft {
  readonly environment: string;
  readonly records: readonly { readonly kind: RecordKind; readonly name: string; readonly after: string | null }[];
  readonly expectedRevision: Revision | undefined;
  readonly by: string;
  readonly comment: string;
  readonly at: number;
}

/** @throws GatekeeperError `INVALID_OPTION` for a name that SQLite would not give back as it is */
export function draftOf(environment: string, change: StoreChange, options: ChangeOptions): Draft {
  const { expectedRevision, by, comment = '', at = Date.now() } = options;
  const records = recordsOf(change).map(({ kind, name, after }) => {
    refuseUnkeepable(kind, name);
    return { kind, name, after: after === null ? null : JSON.stringify(after) };
  });
  refuseUnkeepable('environment', environment);
  return { environment, records, expectedRevision, by: keepable(by), comment: keepable(comment), at };
}

/**
 * Makes the change, its audit entry and the new revision in one transaction.
 *
 * @throws ConflictError
 */
export function write(statements: Statements, draft: Draft, name: string): Revision {
  const { database, schemaVersion } = statements;
  // At once a writer: a reader that turns into one is refused without waiting for others.
  database.exec('BEGIN IMMEDIATE');
  let committing = false;
  try {
    // Somebody with newer code may have changed the tables since they were opened.
    knownVersion(Number((schemaVersion.get() as { version: number }).version), name);
    const revision = writeRecords(statements, draft);
    committing = true;
    database.exec('COMMIT');
    return revision;
  } catch (error) {
    rollBack(database);
    if (committing && resultOf(error) === 'IOERR') throw unknownOutcome(name, error);
    throw error;
  }
}

function writeRecords(
  statements: Statements,
  { environment, records, expectedRevision, by, comment, at }: Draft,
): Revision {
  const before = revisionOf(statements, environment);
  const known = records.map(({ kind, name }) => {
    const row = statements.record.get(environment, kind, name) as
      | { definition: string | null; revision: number }
      | undefined;
    return { kind, name, definition: row?.definition ?? null, revision: Number(row?.revision ?? 0) };
  });
  if (expectedRevision !== undefined) refuseStale(known, before, expectedRevision);
  const revision = before + 1;
  statements.putRevision.run(environment, revision);
  statements.addEntry.run(environment, revision, at, by, comment);
  for (const [position, { kind, name, after }] of records.entries()) {
    statements.putRecord.run(environment, kind, name, after, revision);
    const was = known[position]?.definition ?? null;
    statements.addEntryRecord.run(environment, revision, position, kind, name, was, after);
  }
  return revision;
}

function refuseStale(
  known: readonly { kind: RecordKind; name: string; definition: string | null; revision: Revision }[],
  revision: Revision,
  expected: Revision,
): void {
  if (expected <= revision && known.every((record) => record.revision <= expected)) return;
  const current = known.map(
    ({ kind, name, definition }): ChangedRecord => ({ kind, name, after: definitionIn(definition, kind, name) }),
  );
  throw new ConflictError(byName(current), revision, expected);
}

/** Not every library gives back text after a NUL, nor does UTF-8 know half of a surrogate pair. */
function keepable(text: string): string {
  return text.replaceAll('\0', '\uFFFD').replace(/\p{Surrogate}/gu, '\uFFFD');
}

function refuseUnkeepable(what: RecordKind | 'environment', name: string): void {
  if (keepable(name) === name) return;
  throw new GatekeeperError(
    'INVALID_OPTION',
    `The ${what} ${shown(name)} cannot be kept by SQLite under this name: leave out NUL and halves of surrogate pairs.`,
  );
}

export function unknownOutcome(name: string, cause?: unknown): GatekeeperError {
  return new GatekeeperError(
    'STORE_FAILED',
    `The disk failed, or the file was taken away, while a change was written to ${name}; whether it was made is not known: look at the history.`,
    { cause },
  );
}
