import { open } from 'node:fs/promises';
import { GatekeeperError } from '../../errors.js';
import { isPlain } from '../../evaluation/json-value.js';
import type { AuditEntry } from '../audit.js';
import { codeOf } from './file-failure.js';
import { linesBackwards } from './lines-backwards.js';
import { type Manners, syncFolderOf, takeManners } from './replace-file.js';

/** The layout of an entry. A newer one may mean what this code does not know. */
const FORMAT = 1;

/** A change, with the {@link identityOf} the file before and after. */
export interface JournalEntry extends AuditEntry {
  readonly was: string;
  readonly is: string;
}

/** An entry and where in the journal the next one begins, in bytes. */
export interface Journalled {
  readonly entry: JournalEntry;
  readonly end: number;
}

export function journalOf(file: string): string {
  return `${file}.history.jsonl`;
}

/**
 * What a journal says, newest first, read as far as it is asked for.
 *
 * @param about skips entries that do not contain this text, without taking them apart
 */
export function* entriesBackwards(path: string, about = ''): Generator<Journalled> {
  for (const { text, end } of linesBackwards(path)) {
    const entry = text.includes(about) ? entryIn(text, path) : undefined;
    if (entry !== undefined) yield { entry, end };
  }
}

/**
 * Writes entries down to the disk behind the first `keep` bytes; what stands there is of writers that died.
 *
 * @param like the file whose journal it is: it will be as readable as that one
 */
export async function appendTo(
  path: string,
  keep: number,
  entries: readonly JournalEntry[],
  like: Manners | undefined,
): Promise<void> {
  const lines = entries.map((entry) => `${JSON.stringify({ format: FORMAT, ...entry })}\n`).join('');
  await createIfMissing(path, like);
  const file = await open(path, 'r+');
  try {
    if ((await file.stat()).size > keep) await file.truncate(keep);
    await writeAll(file, Buffer.from(lines), keep);
    await file.sync();
  } finally {
    await file.close();
  }
}

async function createIfMissing(path: string, like: Manners | undefined): Promise<void> {
  try {
    const file = await open(path, 'wx');
    if (like !== undefined) await takeManners(file, like);
    await file.close();
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return;
    throw error;
  }
  await syncFolderOf(path);
}

/** Takes back entries whose change could not be made. Should that fail too, the next writer does it. */
export async function cutBack(path: string, keep: number): Promise<void> {
  try {
    const file = await open(path, 'r+');
    await file.truncate(keep).finally(() => file.close());
  } catch {
    // As said.
  }
}

async function writeAll(file: Awaited<ReturnType<typeof open>>, bytes: Buffer, position: number): Promise<void> {
  for (let done = 0; done < bytes.length; ) {
    const { bytesWritten } = await file.write(bytes, done, bytes.length - done, position + done);
    done += bytesWritten;
  }
}

function entryIn(line: string, path: string): JournalEntry | undefined {
  const content = parsed(line);
  if (!isPlain(content)) return undefined;
  const { format, ...entry } = content;
  if (typeof format === 'number' && format > FORMAT) {
    throw new GatekeeperError(
      'STORE_TOO_NEW',
      `${path} has format ${format}; this version of express-gatekeeper knows ${FORMAT}: update it.`,
    );
  }
  return Array.isArray(entry['changes']) ? (entry as unknown as JournalEntry) : undefined;
}

/** A line that was never finished, as a power cut leaves it, says nothing. */
function parsed(line: string): unknown {
  try {
    return JSON.parse(line) as unknown;
  } catch {
    return undefined;
  }
}
