import type { FlagInput } from '../evaluation/definition/schema.js';
import { writtenOut } from '../evaluation/definition/written-out.js';

type Definition = Readonly<Record<string, unknown>>;

export function isKilled(flag: unknown): boolean {
  return typeof flag === 'object' && flag !== null && 'killed' in flag && flag.killed === true;
}

/** A new definition in the place of one that may be killed: nothing but `revive` ends that. */
export function stillKilled(before: FlagInput | undefined | null, after: FlagInput): FlagInput {
  return isKilled(before) && !isKilled(after) ? { ...writtenOut(after), killed: true } : after;
}

/** A definition from elsewhere, or of another time, in the place of `there`: a kill is neither brought along nor ended. */
export function asKilledAs(there: FlagInput | undefined | null, flag: FlagInput): FlagInput {
  if (!isKilled(flag)) return stillKilled(there, flag);
  if (isKilled(there)) return flag;
  const { killed: _killed, ...rest } = writtenOut(flag);
  return shortest(rest);
}

/** As a shorthand, where there is one that says the same. */
export function shortest(definition: Definition): FlagInput {
  const [only, more] = Object.keys(definition);
  const { enabled, users } = definition;
  if (only === 'enabled' && more === undefined && typeof enabled === 'boolean') return enabled;
  return only === 'users' && more === undefined && Array.isArray(users) ? users : definition;
}
