import type { FlagInput } from '../evaluation/definition/schema.js';
import { writtenOut } from '../evaluation/definition/written-out.js';
import { changeBetween, recordOf } from '../runtime/content.js';
import type { RecordChange } from '../stores/audit.js';
import type { StoreChange, StoreContent } from '../stores/store.js';
import { isKilled, shortest, stillKilled } from './decision.js';
import { namesMeant } from './names.js';
import { changesOf } from './session.js';

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
 * What copies flags from one environment into another: those that are named, or all, and then segments too. What only the other
 * has stays; and a kill belongs to its environment, so that it is neither brought along nor ended.
 *
 * @throws GatekeeperError `UNKNOWN_NAME` for a name that is not in `from`
 */
export function copying(from: StoreContent, to: StoreContent, words: readonly string[]): StoreChange {
  const names = words.length === 0 ? Object.keys(from.flags).sort() : namesMeant(words, from.flags);
  const flags = names.map((name) => [name, copied(from.flags[name] ?? false, recordOf(to.flags, name))] as const);
  return { flags: Object.fromEntries(flags), ...(words.length === 0 && { segments: from.segments }) };
}

/** Those of some flags that are killed in one of two environments only. */
export function killedInOne(from: StoreContent, to: StoreContent, names: Iterable<string>): string[] {
  return [...names].filter((name) => isKilled(recordOf(from.flags, name)) !== isKilled(recordOf(to.flags, name)));
}

function copied(flag: FlagInput, there: FlagInput | undefined): FlagInput {
  if (!isKilled(flag)) return stillKilled(there, flag);
  if (isKilled(there)) return flag;
  const { killed: _killed, ...rest } = writtenOut(flag);
  return shortest(rest);
}
