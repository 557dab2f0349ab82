import { type BigIntStats, rmSync } from 'node:fs';
import { type FileHandle, open, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { identityOf } from './file-target.js';

/** Whose file it is and who may read it. */
export type Manners = Pick<BigIntStats, 'mode' | 'uid' | 'gid'>;

/**
 * Writes a whole file that is to replace another, down to the disk.
 *
 * @param like the file it is to replace: it will be as readable as that one
 * @returns its identity, which it keeps when it is renamed
 */
export async function writeDraft(path: string, text: string, like: Manners | number): Promise<string> {
  // Never into a file, or through a link, that somebody left there.
  rmSync(path, { force: true });
  const file = await open(path, 'wx', typeof like === 'number' ? like : Number(like.mode) & 0o777);
  try {
    await file.writeFile(text);
    if (typeof like !== 'number') await takeManners(file, like);
    const now = preciseNow();
    await file.utimes(now, now);
    await file.sync();
    return identityOf(await file.stat({ bigint: true }));
  } catch (error) {
    rmSync(path, { force: true });
    throw error;
  } finally {
    await file.close();
  }
}

/** Makes a file as readable as another. */
export async function takeManners(file: FileHandle, { mode, uid, gid }: Manners): Promise<void> {
  // Only the administrator can, and only then it matters.
  await file.chown(Number(uid), Number(gid)).catch(() => undefined);
  await file.chmod(Number(mode) & 0o777);
}

/** Puts a draft in the place of a file: whoever reads sees one or the other, also after a power cut. */
export async function putInPlace(draft: string, path: string): Promise<void> {
  await rename(draft, path);
  await syncFolderOf(path);
}

/** Makes what was created or renamed in a folder last. */
export async function syncFolderOf(path: string): Promise<void> {
  // Windows keeps no such promise to programs.
  if (process.platform === 'win32') return;
  const folder = await open(dirname(path), 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

/** In seconds. Systems count files' times in steps of milliseconds, in which two files may be written. */
function preciseNow(): number {
  return (Date.now() + Number(process.hrtime.bigint() % 1_000_000n) / 1e6) / 1e3;
}
