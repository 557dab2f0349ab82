import type { FlagInput, SegmentInput } from '../../evaluation/definition/schema.js';
import { type AuditEntry, byName, type ChangedRecord, type RecordChange } from '../audit.js';
import { ConflictError } from '../conflict-error.js';
import type { ChangeOptions, Revision } from '../store.js';
import { editedText, emptyText } from './edit-flags.js';
import { changesOf, type FileState, readSteadily, stateOf } from './file-state.js';
import { blank, type FlagsFile, flagsIn, readFlagsFile } from './flags-file.js';
import { handEdits, keyOf } from './hand-edits.js';
import type { JournalEntry } from './journal.js';

/** A change that is to be made to a file of flags. */
export interface Writing {
  readonly path: string;
  readonly name: string;
  readonly records: readonly ChangedRecord[];
  readonly options: ChangeOptions;
  /** The revision that a state has for whoever writes. */
  readonly revisionOf: (state: FileState) => Revision;
}

/** What a change comes to. */
export interface Plan {
  readonly state: FileState;
  readonly text: string;
  /** What was edited by hand before. */
  readonly edits: JournalEntry | undefined;
  readonly entry: Omit<JournalEntry, 'is'>;
}

/**
 * What a file and its journal have to become for a change to be made.
 *
 * @throws ConflictError something it names was changed since `expectedRevision`
 * @throws GatekeeperError the file cannot be read, or cannot be edited
 */
export function planned({ path, name, records, options, revisionOf }: Writing): Plan {
  const { state, before, file } = readSteadily(path, () => {
    const seen = stateOf(path);
    const known = revisionOf(seen);
    return { state: seen, before: known, file: known === 0 ? newFile(seen, name) : writableFile(path, name) };
  }).content;
  const edits = handEdits(state, before, file.definitions);
  const changes = records.map((record): RecordChange => ({ ...record, before: recordIn(file, record) }));
  refuseStale(before, changes, options, newestFirst(state, edits));
  const { by, comment = '', at = Date.now() } = options;
  const entry = { revision: before + 1, at, by, comment, changes, was: state.identity };
  const text = editedText(file, records, name);
  return { state, text, edits, entry };
}

function newFile({ target }: FileState, name: string): FlagsFile {
  return flagsIn(emptyText(target), name);
}

/** @throws GatekeeperError `INVALID_FILE`: what cannot be read is not overwritten, and what was there is not begun anew */
function writableFile(path: string, name: string): FlagsFile {
  const file = readFlagsFile(path);
  if (file.blank) throw blank(name);
  return file;
}

function recordIn({ definitions }: FlagsFile, { kind, name }: ChangedRecord): FlagInput | SegmentInput | null {
  const records = kind === 'flag' ? definitions.flags : definitions.segments;
  return Object.hasOwn(records, name) ? (records[name] ?? null) : null;
}

function refuseStale(
  revision: Revision,
  changes: readonly RecordChange[],
  { expectedRevision }: ChangeOptions,
  entries: Iterable<AuditEntry>,
): void {
  if (expectedRevision === undefined) return;
  const named = new Set(changes.map(keyOf));
  const current = byName(changes.map(({ kind, name, before }) => ({ kind, name, after: before })));
  const conflict = (): ConflictError => new ConflictError(current, revision, expectedRevision);
  if (expectedRevision > revision) throw conflict();
  for (const entry of entries) {
    if (entry.revision <= expectedRevision) return;
    if (entry.changes.some((change) => named.has(keyOf(change)))) throw conflict();
  }
}

function* newestFirst({ target, identity }: FileState, edits: AuditEntry | undefined): Generator<AuditEntry> {
  if (edits !== undefined) yield edits;
  for (const { entry } of changesOf(target, identity)) yield entry;
}
