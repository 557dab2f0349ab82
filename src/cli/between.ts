import { changeBetween, changesOf } from '../runtime/content.js';
import type { Selection } from '../runtime/copying.js';
import type { RecordChange } from '../stores/audit.js';
import type { StoreContent } from '../stores/store.js';
import { namesMeant } from './names.js';

/**
 * What would have to become of one environment to be like another.
 *
 * @param words the flags and folders that are compared; none for all, segments too
 * @throws GatekeeperError `UNKNOWN_NAME` for a name that neither has
 */
export function difference(from: StoreContent, to: StoreContent, words: readonly string[]): RecordChange[] {
  const changes = changesOf(to, changeBetween(to, from));
  if (words.length === 0) return changes;
  const names = new Set(namesMeant(words, { ...to.flags, ...from.flags }));
  return changes.filter(({ kind, name }) => kind === 'flag' && names.has(name));
}

/**
 * What is copied when these are named: flags and folders; everything, segments too, when nothing is.
 *
 * @throws GatekeeperError `UNKNOWN_NAME` for a name that is not in `from`
 */
export function selected(from: StoreContent, words: readonly string[]): Selection {
  if (words.length > 0) return { flags: namesMeant(words, from.flags), segments: [] };
  return { flags: Object.keys(from.flags).sort(), segments: Object.keys(from.segments) };
}
