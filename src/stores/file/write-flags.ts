import { closeSync, openSync, rmSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import { GatekeeperError, messageOf } from '../../errors.js';
import type { Revision } from '../store.js';
import { unwritten } from './file-failure.js';
import { type FileLock, lockFile } from './file-lock.js';
import { draftOf } from './file-state.js';
import { identityOf, statsOf, targetOf } from './file-target.js';
import { appendTo, cutBack, journalOf } from './journal.js';
import { type Plan, planned, type Writing } from './planned-change.js';
import { syncFolderOf, writeDraft } from './replace-file.js';

/** How often a change is made anew because somebody edited the file by hand just then. */
const ATTEMPTS = 20;

/** What was made of a file. */
export interface Written {
  readonly revision: Revision;
  readonly identity: string;
}

/**
 * Makes a change in one step with its entry in the journal. The new text waits in a draft, the entry is written, then the draft
 * is put in place: that is the moment the change is made. An entry whose draft never got there counts for nothing.
 *
 * @throws ConflictError something it names was changed since `expectedRevision`
 * @throws GatekeeperError it cannot be made; why, and that nothing was changed
 */
export async function writeFlags(writing: Writing): Promise<Written> {
  const target = targetOf(writing.path);
  try {
    assertWritable(target);
    const lock = await lockFile(target, writing.name);
    try {
      for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
        const plan = planned(writing);
        if (plan.state.target !== target) throw new Error('its link was moved just now; try again');
        const identity = await carriedOut(plan, lock, writing.name);
        if (identity !== undefined) return { revision: plan.entry.revision, identity };
      }
      throw new Error('it is being edited all the time; try again');
    } finally {
      lock.release();
    }
  } catch (error) {
    throw unwritten(writing.name, error);
  }
}

/** A file can be replaced in a folder that can be written; one that says it may only be read is not. */
function assertWritable(target: string): void {
  if (statsOf(target) !== undefined) closeSync(openSync(target, 'r+'));
}

/** @returns the identity of what is there now; `undefined` when somebody edited the file just then, and nothing was done */
async function carriedOut(
  { state, text, edits, entry }: Plan,
  lock: FileLock,
  name: string,
): Promise<string | undefined> {
  const { target, stats, last, identity } = state;
  const [draft, journal, keep] = [draftOf(target), journalOf(target), last?.end ?? 0];
  const isThere = (): boolean => {
    // Whoever took the lock over uses the same draft and journal: they are left alone.
    if (!lock.held()) throw new GatekeeperError('STORE_FAILED', `${name} took too long to be written; try again.`);
    return identityOf(statsOf(target)) === identity;
  };
  const is = await writeDraft(draft, text, stats ?? 0o666);
  let done = false;
  try {
    isThere();
    await appendTo(journal, keep, [...(edits === undefined ? [] : [edits]), { ...entry, is }], stats);
    if (!isThere()) return undefined;
    await rename(draft, target);
    done = true;
  } finally {
    if (!done && lock.held()) {
      await cutBack(journal, keep);
      rmSync(draft, { force: true });
    }
  }
  await confirmed(target, name);
  return is;
}

async function confirmed(target: string, name: string): Promise<void> {
  try {
    await syncFolderOf(target);
  } catch (error) {
    throw new GatekeeperError(
      'STORE_FAILED',
      `${name} was changed, but the disk does not confirm that it will last: ${messageOf(error)}. Look at what is there.`,
      { cause: error },
    );
  }
}
