import { randomUUID } from 'node:crypto';
import { linkSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import { GatekeeperError } from '../../errors.js';
import { isPlain } from '../../evaluation/json-value.js';
import { codeOf } from './file-failure.js';

/** How long others are waited for, in milliseconds. Writing takes them a few. */
const PATIENCE = 10_000;
/** An owner that is slower than this is stopped for good, or on a machine that is gone. */
const ABANDONED = 60_000;
/** Between creating the lock and saying whose it is, an owner may die too. */
const UNSIGNED = 2_000;

/** The right to write a file, for one at a time. */
export interface FileLock {
  /** Whether nobody has taken it over. */
  held(): boolean;
  release(): void;
}

/** A lock as it stands there. */
interface Owner {
  readonly text: string;
  /** In milliseconds. */
  readonly age: number;
  readonly pid: unknown;
  readonly host: unknown;
}

/**
 * Waits for the right to write a file. It is a file beside it, so that it holds between processes, and between machines that share
 * a drive. One whose owner is gone is taken over.
 *
 * @throws GatekeeperError `STORE_FAILED` when somebody else holds it for too long
 */
export async function lockFile(file: string, name: string): Promise<FileLock> {
  const path = `${file}.lock`;
  const text = JSON.stringify({ pid: process.pid, host: hostname(), token: randomUUID() });
  const deadline = performance.now() + PATIENCE;
  for (let longest = 2; !created(path, text); longest = Math.min(longest * 1.5, 40)) {
    if (takenAway(path)) continue;
    if (performance.now() > deadline) throw busy(name, path);
    await pause(Math.random() * longest);
  }
  const held = (): boolean => ownerOf(path)?.text === text;
  return {
    held,
    release: () => {
      rmSync(oldOf(path), { force: true });
      if (held()) rmSync(path, { force: true });
    },
  };
}

function created(path: string, text: string): boolean {
  try {
    writeFileSync(path, text, { flag: 'wx' });
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    // Half a signature, on a full disk.
    if (codeOf(error) === 'ENOSPC' || codeOf(error) === 'EDQUOT') rmSync(path, { force: true });
    throw error;
  }
}

/** Takes a dead owner's lock away, by renaming it: of several who try only one can, and dying over it leaves nothing locked. */
function takenAway(path: string): boolean {
  const owner = ownerOf(path);
  if (owner === undefined) return true;
  if (!isGone(owner)) return false;
  const old = oldOf(path);
  try {
    renameSync(path, old);
    // Somebody else was faster, and this is the lock he has made since.
    if (readFileSync(old, 'utf8') !== owner.text) linkSync(old, path);
    rmSync(old, { force: true });
  } catch (error) {
    if (!['ENOENT', 'EEXIST'].includes(codeOf(error))) throw error;
  }
  return true;
}

function oldOf(path: string): string {
  return `${path}.old`;
}

function ownerOf(path: string): Owner | undefined {
  try {
    const text = readFileSync(path, 'utf8');
    return { text, age: Date.now() - statSync(path).mtimeMs, ...signatureIn(text) };
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

function signatureIn(text: string): Pick<Owner, 'pid' | 'host'> {
  try {
    const signature: unknown = JSON.parse(text);
    if (isPlain(signature)) return { pid: signature['pid'], host: signature['host'] };
  } catch {
    // Not signed yet.
  }
  return { pid: undefined, host: undefined };
}

function isGone({ pid, host, age }: Owner): boolean {
  if (age > ABANDONED) return true;
  if (typeof pid !== 'number') return age > UNSIGNED;
  if (host !== hostname()) return false;
  // In a container every start has the same id: that one was another start.
  if (pid === process.pid) return age > process.uptime() * 1000 + UNSIGNED;
  return !isAlive(pid);
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return codeOf(error) === 'EPERM';
  }
}

function busy(name: string, path: string): GatekeeperError {
  const { pid, host, age = 0 } = ownerOf(path) ?? {};
  return new GatekeeperError(
    'STORE_FAILED',
    `${name} is being written by process ${pid ?? '(unknown)'} on ${host ?? 'an unknown machine'} for ${Math.round(age / 1000)} s. ` +
      `Nothing was changed. Try again; if that process is gone, delete ${path}.`,
  );
}
