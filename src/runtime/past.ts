import { type AuditEntry, byName, type ChangedRecord, type HistoryQuery } from '../stores/audit.js';
import { withChange } from '../stores/content.js';
import type { Revision, StoreContent } from '../stores/store.js';

/** How many entries are read at first, and at most, at once. */
const FIRST_PAGE = 20;
const LARGEST_PAGE = 200;
/** About how many changed records are read at once: an entry may tell of one, or of ten thousand. */
const RECORDS_AT_ONCE = 4_000;

/** What a store held at some moment. */
export interface PastContent extends StoreContent {
  /** The last change that had been made by then; `undefined` before the first. */
  readonly entry: AuditEntry | undefined;
  /** The first that was made later; `undefined` when this is what is there now. */
  readonly next: AuditEntry | undefined;
}

/** Reads the history of one environment. */
export type ReadHistory = (query: HistoryQuery) => Promise<readonly AuditEntry[]>;

/**
 * What was there at a moment: what is there now, with every later change taken back.
 *
 * Changes are in the order of their revisions, whatever the clocks of those who made them said: in force at a moment is the newest
 * one that says it was made by then, and with it all before it. History is read backwards, no further than to that one.
 *
 * @param content what is there now
 * @param moment milliseconds since the epoch
 */
export async function pastContent(content: StoreContent, moment: number, history: ReadHistory): Promise<PastContent> {
  const undone = new Map<string, ChangedRecord>();
  let next: AuditEntry | undefined;
  for await (const entry of newestFirst(content.revision, history)) {
    if (entry.at <= moment) return past(content, entry.revision, undone, entry, next);
    for (const { kind, name, before } of entry.changes) undone.set(`${kind} ${name}`, { kind, name, after: before });
    next = entry;
  }
  return past(content, next === undefined ? content.revision : next.revision - 1, undone, undefined, next);
}

/** The entries up to a revision. What was written since is no part of the content that it is the revision of. */
async function* newestFirst(revision: Revision, history: ReadHistory): AsyncGenerator<AuditEntry> {
  let before = revision + 1;
  let limit = FIRST_PAGE;
  for (;;) {
    const entries = (await history({ before, limit })).filter((entry) => entry.revision < before);
    yield* entries;
    const last = entries.at(-1);
    if (last === undefined || entries.length < limit) return;
    before = last.revision;
    const records = entries.reduce((sum, { changes }) => sum + changes.length, 0);
    limit = Math.min(LARGEST_PAGE, Math.max(1, Math.floor((entries.length * RECORDS_AT_ONCE) / Math.max(records, 1))));
  }
}

/** Without the lines that records stand in: those are of today. */
function past(
  { flags, segments }: StoreContent,
  revision: Revision,
  undone: ReadonlyMap<string, ChangedRecord>,
  entry: AuditEntry | undefined,
  next: AuditEntry | undefined,
): PastContent {
  return { ...withChange({ revision, flags, segments }, byName(undone.values()), revision), entry, next };
}
