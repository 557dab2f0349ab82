import { didYouMean } from '../evaluation/closest.js';
import type { FlagInput } from '../evaluation/definition/schema.js';
import { notThere } from './exit-codes.js';

type Flags = Readonly<Record<string, FlagInput>>;

/** No flag's name ends with a slash, so that `checkout/` can only mean the folder and everything in it. */
export function isFolder(word: string): boolean {
  return word.endsWith('/');
}

export function namesIn(folder: string, flags: Flags): string[] {
  return Object.keys(flags)
    .filter((name) => name.startsWith(folder))
    .sort();
}

/**
 * The flags that are meant: those named, and all in the folders that are named.
 *
 * @throws GatekeeperError `UNKNOWN_NAME` for a flag that is not there, or a folder with nothing in it
 */
export function namesMeant(words: readonly string[], flags: Flags): string[] {
  const names = words.flatMap((word) => {
    if (isFolder(word)) return nonEmpty(word, namesIn(word, flags));
    if (!Object.hasOwn(flags, word)) throw noFlag(word, flags);
    return [word];
  });
  return [...new Set(names)];
}

export function noFlag(name: string, flags: Flags): Error {
  const inside = namesIn(`${name}/`, flags).length;
  const meant = inside > 0 ? `; there is a folder of that name: '${name}/'` : didYouMean(name, Object.keys(flags));
  return notThere(`There is no flag '${name}'${meant || '.'}`);
}

export function nonEmpty(folder: string, names: string[]): string[] {
  if (names.length > 0) return names;
  throw notThere(`There is no flag in the folder '${folder}'.`);
}
