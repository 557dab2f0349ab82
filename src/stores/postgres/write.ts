import { byName } from '../audit.js';
import { ConflictError } from '../conflict-error.js';
import type { ChangeOptions, Revision } from '../store.js';
import type { Query } from './connections.js';
import { type RecordRow, recordOf } from './rows.js';
import type { Statements } from './statements.js';
import { hashOf } from './tables.js';

/**
 * Writes records and their entry in the audit log, inside of a transaction, in two round trips however many they are.
 *
 * @throws ConflictError the transaction has to be undone
 */
export async function write(
  query: Query,
  statements: Statements,
  environment: string,
  records: readonly RecordRow[],
  options: ChangeOptions,
): Promise<Revision> {
  const { expectedRevision, by, comment = '', at = Date.now() } = options;
  const kinds = records.map(({ kind }) => kind);
  const names = records.map(({ name }) => name);

  const [advanced] = await query<{ revision: unknown }>(statements.advance, [environment]);
  const revision = Number(advanced?.revision);
  const refuse = async (expected: Revision): Promise<never> => {
    const rows = await query<RecordRow>(statements.current, [environment, kinds, names]);
    throw new ConflictError(byName(rows.map(recordOf)), revision - 1, expected);
  };

  if (expectedRevision !== undefined && expectedRevision >= revision) return refuse(expectedRevision);
  const what = [kinds, names, records.map(({ definition }) => definition)];
  const why = [at, by, comment];
  const notice = `${hashOf(environment)} ${revision}`;
  const values = [environment, revision, ...what, ...why, expectedRevision, notice];
  const [written] = await query<{ stale: boolean }>(statements.write, values);
  if (expectedRevision !== undefined && written?.stale) return refuse(expectedRevision);
  return revision;
}
