import type { BigIntStats } from 'node:fs';
import type { Revision } from '../store.js';
import { identityOf, MISSING, statsOf, targetOf } from './file-target.js';
import { entriesBackwards, type Journalled, journalOf } from './journal.js';
import { signatureOf } from './watch-file.js';

/** How often a file is read anew that is changed while it is read. */
const ATTEMPTS = 100;

/** A file and its journal as they stand there: the same for every process that looks at them. */
export interface FileState {
  /** The file itself, behind links. */
  readonly target: string;
  readonly stats: BigIntStats | undefined;
  readonly identity: string;
  readonly revision: Revision;
  /** The last change that was made; `undefined` when the journal tells of none. */
  readonly last: Journalled | undefined;
  /** Whether the file is what the last change has made of it. */
  readonly settled: boolean;
}

export function draftOf(target: string): string {
  return `${target}.tmp`;
}

/**
 * The revision is that of the last change in the journal. When the file was written by hand since (or there was no change yet) it
 * is the time of that, in milliseconds: it grows with each writing, in every process alike, though nobody counts them.
 */
export function stateOf(path: string): FileState {
  const target = targetOf(path);
  const stats = statsOf(target);
  const identity = identityOf(stats);
  const [last] = changesOf(target, identity);
  const known = { target, stats, identity, last };
  if (last?.entry.is === identity) return { ...known, revision: last.entry.revision, settled: true };
  if (last === undefined && stats === undefined) return { ...known, revision: 0, settled: true };
  const written = stats === undefined ? 0 : Number(stats.ctimeNs / 1_000_000n);
  return { ...known, revision: Math.max((last?.entry.revision ?? 0) + 1, written), settled: false };
}

/** The changes that were made, newest first. */
export function* changesOf(target: string, identity: string, about?: string): Generator<Journalled> {
  let newest = true;
  for (const change of entriesBackwards(journalOf(target), about)) {
    // Only the newest can be one whose writer died before it made it.
    if (!newest || wasMade(change, target, identity)) yield change;
    newest = false;
  }
}

/** Reads something of a file, anew for as long as the file is changed meanwhile; with the signature it had. */
export function readSteadily<Content>(path: string, read: () => Content): { content: Content; signature: string } {
  for (let attempt = 1; ; attempt += 1) {
    const signature = signatureOf(path);
    try {
      const content = read();
      if (signature === signatureOf(path) || attempt === ATTEMPTS) return { content, signature };
    } catch (error) {
      if (signature === signatureOf(path) || attempt === ATTEMPTS) throw error;
    }
  }
}

/** An entry is written first, then the draft put in place: until then the file is what it was, and the draft is there. */
function wasMade({ entry }: Journalled, target: string, identity: string): boolean {
  if (entry.is === identity) return true;
  // Missing it may be again.
  if (entry.was === identity && entry.was !== MISSING) return false;
  return identityOf(statsOf(draftOf(target))) !== entry.is;
}
