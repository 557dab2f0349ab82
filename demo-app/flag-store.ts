import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { ConflictError, type Definitions, type FlagStore, type Gatekeeper } from 'express-gatekeeper';
import { parse } from 'yaml';

/** The flags as pages show and change them. */
export interface ShopFlags {
  readonly gk: Gatekeeper;
  readonly store: FlagStore;
  readonly environment: string;
  /** What a terminal has to know to change them; of a store inside this process no terminal knows. */
  readonly url: string | undefined;
}

/** What an empty store is filled with. */
export const FLAGS_FILE = join(import.meta.dirname, 'flags.yaml');

/** Beside the shop, wherever it is started from. */
export const DEFAULT_STORE = `sqlite:${relative(process.cwd(), join(import.meta.dirname, 'marginalia.db'))}`;

/** The set of flags in the store that is ours, as the command picks it too. */
export function environmentHere(): string {
  return process.env['GATEKEEPER_ENV'] || 'default';
}

/**
 * Fills a store that nobody has written to. Of several shops that open at once one does, in one change, and the others find it done.
 *
 * @returns whether this one did
 */
export async function fillWhenEmpty(store: FlagStore, environment = environmentHere()): Promise<boolean> {
  if ((await store.revision(environment)) > 0) return false;
  const { flags, segments = {} } = parse(readFileSync(FLAGS_FILE, 'utf8')) as Definitions;
  const options = { by: 'marginalia', comment: 'The shop opens for the first time', expectedRevision: 0 };
  try {
    await store.apply(environment, { flags, segments }, options);
    return true;
  } catch (error) {
    if (error instanceof ConflictError) return false;
    throw error;
  }
}

/** The same for a store that may be down: it is tried again until it answers, or until the shop closes. */
export async function fillPatiently(store: FlagStore, signal: AbortSignal, say: (text: string) => void): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await fillWhenEmpty(store);
      return;
    } catch (error) {
      if (attempt === 1) say(`The store cannot be filled yet: ${error instanceof Error ? error.message : error}`);
    }
    if (signal.aborted) return;
    await pause(2_000, undefined, { signal }).catch(() => undefined);
  }
}

/** What a verb of the command `gatekeeper` looks like for this store. A URL with a password is not for showing. */
export function commandFor(url: string, environment: string): (words: string) => string {
  const isSecret = /^\w+:\/\/.*@/.test(url) || url.includes('?');
  const store = isSecret ? '"$STORE"' : quoted(url);
  const where = environment === 'default' ? store : `${store} --env ${quoted(environment)}`;
  return (words) => `npx gatekeeper ${words} --store ${where}`;
}

function quoted(word: string): string {
  return /^[\w./:-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
