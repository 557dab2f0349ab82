import { statSync } from 'node:fs';

/** How often a file is looked at, in milliseconds. A change is told once two looks see the same: then nobody is writing. */
const LOOK_EVERY = 200;

/** What changes whenever a file does: which file it is, how long, and when it was written. */
export function signatureOf(path: string): string {
  try {
    const { ino, size, mtimeNs, ctimeNs } = statSync(path, { bigint: true });
    return `${ino} ${size} ${mtimeNs} ${ctimeNs}`;
  } catch {
    return 'missing';
  }
}

/**
 * Calls back whenever the file is another one than before. It is looked at, rather than subscribed to: that sees edits in place,
 * files put in place by renaming (editors, ConfigMaps) and network drives alike.
 *
 * @param known the file's signature when it was last read
 * @param isWhole whether it was put in place by us, and so is not just being written
 * @returns what stops it
 */
export function watchFile(path: string, known: string, isWhole: () => boolean, onChange: () => void): () => void {
  let seen = known;
  let told = seen;
  const timer = setInterval(() => {
    const now = signatureOf(path);
    const steady = now === seen || (now !== told && isWhole());
    seen = now;
    if (!steady || now === told) return;
    told = now;
    onChange();
  }, LOOK_EVERY);
  // Watching flags is no reason for a process to stay.
  timer.unref();
  return () => clearInterval(timer);
}
