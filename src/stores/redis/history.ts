import { type AuditEntry, HISTORY_LIMIT, type HistoryQuery, type RecordChange } from '../audit.js';
import type { Revision } from '../store.js';
import { indexMember, type Keys, type RecordId, recordId, recordOf, rowField, SEPARATOR } from './keys.js';
import { revisionInHead } from './replies.js';
import type { Talk } from './server.js';

type Ask = Talk['ask'];

/** Fields of a hash that are asked for at once: others wait while the server answers. */
const AT_ONCE = 1_000;

interface Touched {
  readonly revision: Revision;
  readonly ids: readonly RecordId[];
}

/** The audit log. What is in it never changes, so that it may be read in several steps. */
export async function readHistory(ask: Ask, keys: Keys, query: HistoryQuery): Promise<AuditEntry[]> {
  const page = await pageOf(ask, keys, query);
  const revisions = page.map(({ revision }) => String(revision));
  const touched = page.flatMap(({ revision, ids }) => ids.map((id) => rowField(revision, id)));
  const [entries, rows] = await Promise.all([
    fieldsOf(ask, keys.entries, revisions),
    fieldsOf(ask, keys.rows, touched),
  ]);
  let row = 0;
  return page.flatMap(({ revision, ids }, at): AuditEntry[] => {
    const changes = ids.flatMap((id): RecordChange[] => changesIn(id, rows[row++]));
    // Null when the server lost its data between two steps.
    if (entries[at] == null) return [];
    const told = JSON.parse(entries[at]) as Pick<AuditEntry, 'at' | 'by' | 'comment'>;
    return [{ revision, ...told, changes }];
  });
}

function changesIn(id: RecordId, row: string | null | undefined): RecordChange[] {
  if (row == null) return [];
  const [before, after] = JSON.parse(row) as [RecordChange['before'], RecordChange['after']];
  return [{ ...recordOf(id), before, after }];
}

async function pageOf(ask: Ask, keys: Keys, { flag, segment, before, limit }: HistoryQuery): Promise<Touched[]> {
  const last = Math.min((before ?? Number.POSITIVE_INFINITY) - 1, Number.MAX_SAFE_INTEGER);
  const most = Math.min(limit ?? HISTORY_LIMIT, Number.MAX_SAFE_INTEGER);
  const newest = Math.min(last, revisionInHead(await ask('HMGET', keys.head, 'revision', 'schema')));
  if (newest < 1 || most < 1) return [];
  if (flag === undefined && segment === undefined) return pageOfAll(ask, keys, newest, most);
  const ids: RecordId[] = [];
  if (flag !== undefined) ids.push(recordId({ kind: 'flag', name: flag }));
  if (segment !== undefined) ids.push(recordId({ kind: 'segment', name: segment }));
  const pages = await Promise.all(ids.map((id) => pageOfRecord(ask, keys, id, newest, most)));
  return mergedPage(pages.flat()).slice(0, most);
}

/** Revisions are 1, 2, 3 and so on: no index is needed. */
async function pageOfAll(ask: Ask, keys: Keys, newest: Revision, most: number): Promise<Touched[]> {
  const revisions = Array.from({ length: Math.min(most, newest) }, (_, index) => newest - index);
  const named = await fieldsOf(ask, keys.named, revisions.map(String));
  return revisions.map((revision, at) => ({ revision, ids: named[at]?.split(SEPARATOR) ?? [] }));
}

async function pageOfRecord(ask: Ask, keys: Keys, id: RecordId, newest: Revision, most: number): Promise<Touched[]> {
  const [from, to] = [indexMember(id, newest), indexMember(id, 0)];
  const found = await ask('ZREVRANGEBYLEX', keys.index, `[${from}`, `[${to}`, 'LIMIT', '0', String(most));
  return (found as string[]).map((member) => ({ revision: Number(member.slice(id.length + 1)), ids: [id] }));
}

/** A flag and a segment that one change touched are one entry. */
function mergedPage(pages: readonly Touched[]): Touched[] {
  const merged = new Map<Revision, RecordId[]>();
  for (const { revision, ids } of pages) merged.set(revision, [...(merged.get(revision) ?? []), ...ids]);
  return [...merged].map(([revision, ids]) => ({ revision, ids })).sort((one, other) => other.revision - one.revision);
}

async function fieldsOf(ask: Ask, key: string, fields: readonly string[]): Promise<(string | null)[]> {
  const chunks = Array.from({ length: Math.ceil(fields.length / AT_ONCE) }, (_, index) =>
    ask('HMGET', key, ...fields.slice(index * AT_ONCE, (index + 1) * AT_ONCE)),
  );
  return (await Promise.all(chunks)).flat() as (string | null)[];
}
