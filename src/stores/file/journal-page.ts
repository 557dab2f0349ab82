import { type AuditEntry, HISTORY_LIMIT, type HistoryQuery, type RecordChange } from '../audit.js';
import { changesOf, type FileState } from './file-state.js';

/** The entries that a query asks for, newest first. */
export function pageOf({ target, identity }: FileState, query: HistoryQuery): AuditEntry[] {
  const { flag, segment, before = Number.POSITIVE_INFINITY, limit = HISTORY_LIMIT } = query;
  const one = flag ?? segment;
  const wanted = ({ kind, name }: RecordChange): boolean =>
    one === undefined || name === (kind === 'flag' ? flag : segment);
  const found: AuditEntry[] = [];
  if (limit <= 0) return found;
  // What stands in a journal is JSON: a name is there as JSON has it.
  for (const { entry } of changesOf(target, identity, one === undefined ? '' : JSON.stringify(one))) {
    const { revision, at, by, comment } = entry;
    const changes = revision < before ? entry.changes.filter(wanted) : [];
    // Of a file that was touched and not changed there is nothing to tell.
    if (changes.length > 0) found.push({ revision, at, by, comment, changes });
    if (found.length === limit) break;
  }
  return found;
}
