import { z } from 'zod';
import { shown } from '../../errors.js';
import { isPlain } from '../json-value.js';
import type { Place } from '../place.js';
import { isRounded, userKey } from '../user-id.js';
import { acceptorOf } from './acceptor.js';
import { type ConditionDefinition, condition } from './condition-schema.js';
import { firstProblem } from './issue.js';
import { LIMITS, NESTING } from './limits.js';
import {
  type FlagDefinition,
  flagDefinition,
  foreignFields,
  type SegmentDefinition,
  segmentDefinition,
} from './schema.js';
import { fromForeign, percentageOnly, usersOnly } from './shorthand.js';

const foreign = z.strictObject(foreignFields);
const conditionAlone = z.strictObject({ when: condition });
const FOREIGN = Object.keys(foreignFields);

const ON: ParsedFlag = { definition: { enabled: true }, inFull: false, onlyListed: false };
const OFF: ParsedFlag = { definition: { enabled: false }, inFull: false, onlyListed: false };

/** A definition with what else its reader has to know. */
export interface ParsedFlag {
  readonly definition: FlagDefinition;
  /** Whether it was written as a map, which may say what the flag is about. */
  readonly inFull: boolean;
  /** Whether it only says who gets the flag, so that everyone else does not. */
  readonly onlyListed: boolean;
}

/**
 * Reads one flag, shorthands included.
 *
 * @throws GatekeeperError `INVALID_DEFINITION` naming place, value and fix
 */
export function parseFlag(input: unknown, place: Place): ParsedFlag {
  if (typeof input === 'boolean') return input ? ON : OFF;
  if (typeof input === 'number') {
    if (!(input >= 0 && input <= 100)) throw place.error(`is ${input}; a percentage is a number from 0 to 100`);
    return { definition: percentageOnly(input), inFull: false, onlyListed: false };
  }
  if (Array.isArray(input)) return { definition: usersOnly(users(input, place)), inFull: false, onlyListed: true };
  if (!isPlain(input)) {
    throw place.error(`is ${described(input)}; use true, false, a percentage such as 20, a list of user ids, or a map`);
  }
  if (FOREIGN.some((field) => field in input)) return parseForeign(input, place);
  return { definition: checked(flagDefinition, input, place), inFull: true, onlyListed: false };
}

/**
 * Reads one segment: a list of users, or a map.
 *
 * @throws GatekeeperError `INVALID_DEFINITION` naming place, value and fix
 */
export function parseSegment(input: unknown, place: Place): SegmentDefinition {
  if (Array.isArray(input)) return { users: users(input, place) };
  if (!isPlain(input)) {
    throw place.error(`is ${described(input)}; use a list of user ids, or a map with users and when`);
  }
  return checked(segmentDefinition, input, place);
}

/**
 * Reads a condition by itself.
 *
 * @throws GatekeeperError `INVALID_DEFINITION` or `INVALID_FLAG`, naming place, value and fix
 */
export function parseCondition(input: unknown, place: Place): ConditionDefinition {
  return checked(conditionAlone, { when: input }, place).when;
}

function parseForeign(input: object, place: Place): ParsedFlag {
  const entries = Object.entries(input);
  const isForeign = ([key]: readonly [string, unknown]): boolean => FOREIGN.includes(key);
  const fields = checked(foreign, Object.fromEntries(entries.filter(isForeign)), place);
  const rest = Object.fromEntries(entries.filter((entry) => !isForeign(entry)));
  const meaning = fromForeign(fields);
  if (fields.percentage !== undefined && fields.rollout_percentage !== undefined) {
    throw place.at('percentage').error('stands beside rollout_percentage; use one');
  }
  for (const key of ['rules', 'serve']) {
    if (key in rest) {
      const beside = FOREIGN.filter((field) => field in fields).join(', ');
      throw place.at(key).error(`stands beside ${beside}; use one or the other`);
    }
  }
  return {
    definition: { ...checked(flagDefinition, rest, place), ...meaning },
    inFull: true,
    onlyListed: meaning.rules !== undefined && meaning.serve === undefined,
  };
}

/** What stands there; of an instance, which shows nothing of itself, at least what it is. */
function described(input: unknown): string {
  if (typeof input !== 'object' || input === null) return shown(input);
  return `an instance of ${Object.getPrototypeOf(input)?.constructor?.name || 'a class'}`;
}

function users(ids: readonly unknown[], place: Place): (string | number)[] {
  if (ids.length > LIMITS.values) throw place.error(`lists ${ids.length} users; at most ${LIMITS.values} are taken`);
  for (let index = 0; index < ids.length; index += 1) {
    const id = ids[index];
    if (isRounded(id)) throw place.at(index).error(`${shown(id)} has lost digits; put so large a user id in quotes`);
    if (userKey(id) === undefined)
      throw place.at(index).error(`${shown(id)} is not a user id; use a number or non-empty text`);
  }
  return ids as (string | number)[];
}

function checked<Schema extends z.ZodType>(schema: Schema, input: unknown, place: Place): z.output<Schema> {
  // No schema here changes what it takes, so that it need not be copied.
  if (acceptorOf(schema)(input)) return input as z.output<Schema>;
  checkNesting(input, place);
  const { data, error } = schema.safeParse(input);
  if (error === undefined) return data;
  const { path, message, value, part } = firstProblem(error, input);
  const at = path.reduce<Place>((inner, key) => inner.at(key), place);
  throw at.error(value === undefined ? message : `is ${shown(value)}; ${message}`, part);
}

function checkNesting(input: unknown, place: Place, depth = 0): void {
  if (typeof input !== 'object' || input === null) return;
  if (Object.hasOwn(input, '__proto__'))
    throw place.error('has a key named __proto__, which cannot be used; rename it');
  if (depth > NESTING) throw place.error(`is nested deeper than ${LIMITS.depth} levels`);
  for (const value of Object.values(input)) checkNesting(value, place, depth + 1);
}
