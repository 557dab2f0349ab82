import type { Administration } from '../../runtime/administration.js';
import type { AuditEntry } from '../../stores/audit.js';
import type { Answer, DashboardRequest } from '../answer.js';
import { entryRow } from '../models/history.js';
import { chosenEnvironment, otherEnvironment, wholeNumber } from './environment.js';
import { noEnvironment, noRevision } from './problems.js';
import { stored } from './stored.js';

/** How many changes stand on a page. */
const PER_PAGE = 30;
/** How many are read at once. */
const AT_ONCE = 10;
/** A page ends early when what it tells of was large: an entry may hold ten thousand records. */
const MOST_RECORDS = 2_000;
/** How many records of one large change stand on a page. */
const RECORDS_PER_PAGE = 40;

/**
 * `GET /history`: what was changed, newest first; with `flag` or `segment` what became of it, with `revision` one change in full,
 * with `environment` those of another environment.
 */
export const showHistory = stored(async (request: DashboardRequest, administration) => {
  const { query } = request;
  const { environment, known, unknown } = await chosenEnvironment(administration, query);
  if (unknown) return noEnvironment(environment, known);
  const revision = wholeNumber(query.get('revision'));
  if (revision !== undefined) return showEntry(request, administration, environment, revision);
  const flag = query.get('flag')?.trim() || undefined;
  const segment = query.get('segment')?.trim() || undefined;
  const before = wholeNumber(query.get('before'));
  const { entries, more } = await pageOf(administration, environment, { flag, segment, before });
  const { now, person } = request;
  const other = otherEnvironment(administration, environment);
  const filter = { ...(flag && { flag }), ...(segment && { segment }), ...(other && { environment: other }) };
  return {
    status: 200,
    view: 'history',
    model: {
      alone: false,
      environments: known,
      shown: environment,
      otherEnvironment: other,
      flag: flag ?? '',
      segment: segment ?? '',
      entries: entries.map((entry) => entryRow(entry, { environment: other, now })),
      made: madeHere(query, entries, person.by),
      newest: before === undefined ? undefined : new URLSearchParams(filter).toString(),
      older: more
        ? new URLSearchParams({ ...filter, before: String(entries.at(-1)?.revision ?? 0) }).toString()
        : undefined,
      mayUndo: person.can.has('edit'),
    },
  };
});

async function showEntry(
  { now, person, query }: DashboardRequest,
  administration: Administration,
  environment: string,
  revision: number,
): Promise<Answer> {
  const entry = await administration.entry(revision, environment);
  if (entry === undefined) return noRevision(revision);
  const pages = Math.max(1, Math.ceil(entry.changes.length / RECORDS_PER_PAGE));
  const page = Math.min(Math.max(1, wholeNumber(query.get('page')) ?? 1), pages);
  const other = otherEnvironment(administration, environment);
  const from = (page - 1) * RECORDS_PER_PAGE;
  const row = entryRow(entry, { environment: other, now, from, most: RECORDS_PER_PAGE });
  return {
    status: 200,
    view: 'history',
    model: {
      alone: true,
      shown: environment,
      otherEnvironment: other,
      entries: [{ ...row, more: 0 }],
      made: 0,
      page,
      pages,
      previous: page > 1 ? `${row.query}&page=${page - 1}` : undefined,
      next: page < pages ? `${row.query}&page=${page + 1}` : undefined,
      mayUndo: person.can.has('edit'),
    },
  };
}

interface Wanted {
  readonly flag: string | undefined;
  readonly segment: string | undefined;
  readonly before: number | undefined;
}

async function pageOf(
  administration: Administration,
  environment: string,
  { before, ...of }: Wanted,
): Promise<{ readonly entries: readonly AuditEntry[]; readonly more: boolean }> {
  const entries: AuditEntry[] = [];
  let records = 0;
  let last = before;
  while (entries.length < PER_PAGE && records < MOST_RECORDS) {
    // One more than is shown, to know whether there is more.
    const found = await administration.history({ ...of, before: last, limit: AT_ONCE + 1 }, environment);
    const shown = found.slice(0, AT_ONCE);
    entries.push(...shown);
    if (found.length <= AT_ONCE) return { entries, more: false };
    records += shown.reduce((sum, { changes }) => sum + changes.length, 0);
    last = shown.at(-1)?.revision;
  }
  return { entries, more: true };
}

/** The change that a redirect says was just made, when it is there and of this person; else 0. No link can put a word on the page. */
function madeHere(query: URLSearchParams, entries: readonly AuditEntry[], by: string): number {
  const made = wholeNumber(query.get('made'));
  return made !== undefined && entries.some((entry) => entry.revision === made && entry.by === by) ? made : 0;
}
