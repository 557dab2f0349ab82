import { GatekeeperError, shown } from '../errors.js';
import { isPlain } from '../evaluation/json-value.js';

/** Far deeper than any definition. */
const DEEPEST = 100;

/**
 * A copy of what a program hands over, as JSON has it: members that are `undefined` are left out, what is no JSON is refused. Numbers
 * that JSON does not have would otherwise come out as `null`, which takes things away.
 *
 * @param what names the value, for messages
 * @throws GatekeeperError `INVALID_DEFINITION` naming what cannot be kept, and where
 */
export function plainJson(value: unknown, what: string, depth = 0): unknown {
  if (value === null || typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value)) return value;
  if (depth > DEEPEST) throw refused(`${what} is nested deeper than ${DEEPEST} levels, or in itself`);
  if (Array.isArray(value)) {
    return Array.from(value, (item, index) => plainJson(item, `${what}[${index}]`, depth + 1));
  }
  if (!isPlain(value)) throw refused(`${what} is ${shown(value)}, which JSON does not have`);
  const copy: Record<string, unknown> = {};
  for (const [key, member] of Object.entries(value)) {
    if (member === undefined) continue;
    const kept = plainJson(member, `${what}.${key}`, depth + 1);
    // Not by assignment: a key may be `__proto__`, which is refused later, with its place.
    Object.defineProperty(copy, key, { value: kept, enumerable: true, configurable: true, writable: true });
  }
  return copy;
}

function refused(problem: string): GatekeeperError {
  return new GatekeeperError('INVALID_DEFINITION', `${problem}. Nothing was written.`);
}
