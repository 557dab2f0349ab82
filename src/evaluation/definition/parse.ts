import { z } from 'zod';
import { shown } from '../../errors.js';
import type { Place } from '../place.js';
import { isRounded, userKey } from '../user-id.js';
import { type ConditionDefinition, condition } from './condition-schema.js';
import { firstProblem } from './issue.js';
import { LIMITS } from './limits.js';
import {
  type FlagDefinition,
  flagDefinition,
  foreignFields,
  type SegmentDefinition,
  segmentDefinition,
} from './schema.js';
import { fromForeign, percentageOnly, usersOnly } from './shorthand.js';

const foreign = z.object(foreignFields);
const conditionAlone = z.object({ when: condition });
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
  if (typeof input !== 'object' || input === null) {
    throw place.error(`is ${shown(input)}; use true, false, a percentage such as 20, a list of user ids, or a map`);
  }
  checkDepth(input, place);
  if (!FOREIGN.some((field) => field in input)) {
    checked(flagDefinition, input, place);
    // The schema changes nothing, so that the input need not be kept twice.
    return { definition: input as FlagDefinition, inFull: true, onlyListed: false };
  }
  return parseForeign(input, place);
}

/**
 * Reads one segment: a list of users, or a map.
 *
 * @throws GatekeeperError `INVALID_DEFINITION` naming place, value and fix
 */
export function parseSegment(input: unknown, place: Place): SegmentDefinition {
  if (Array.isArray(input)) return { users: users(input, place) };
  if (typeof input !== 'object' || input === null) {
    throw place.error(`is ${shown(input)}; use a list of user ids, or a map with users and when`);
  }
  checkDepth(input, place);
  return checked(segmentDefinition, input, place);
}

/**
 * Reads a condition by itself.
 *
 * @throws GatekeeperError `INVALID_DEFINITION` or `INVALID_FLAG`, naming place, value and fix
 */
export function parseCondition(input: unknown, place: Place): ConditionDefinition {
  checkDepth(input, place);
  return checked(conditionAlone, { when: input }, place).when;
}

function parseForeign(input: object, place: Place): ParsedFlag {
  const fields = checked(foreign, input, place);
  const rest = Object.fromEntries(Object.entries(input).filter(([key]) => !FOREIGN.includes(key)));
  const meaning = fromForeign(fields);
  for (const key of ['rules', 'serve']) {
    if (key in rest) {
      throw place
        .at(key)
        .error(`stands beside ${FOREIGN.filter((field) => field in input).join(', ')}; use one or the other`);
    }
  }
  return {
    definition: { ...checked(flagDefinition, rest, place), ...meaning },
    inFull: true,
    onlyListed: meaning.rules !== undefined && meaning.serve === undefined,
  };
}

function users(ids: readonly unknown[], place: Place): (string | number)[] {
  if (ids.length > LIMITS.values) throw place.error(`lists ${ids.length} users; at most ${LIMITS.values} are taken`);
  for (const [index, id] of ids.entries()) {
    if (isRounded(id)) throw place.at(index).error(`${shown(id)} has lost digits; put so large a user id in quotes`);
    if (userKey(id) === undefined)
      throw place.at(index).error(`${shown(id)} is not a user id; use a number or non-empty text`);
  }
  return ids as (string | number)[];
}

function checked<Schema extends z.ZodType>(schema: Schema, input: unknown, place: Place): z.output<Schema> {
  const { data, error } = schema.safeParse(input);
  if (error === undefined) return data;
  const { path, message, value, part } = firstProblem(error, input);
  const at = path.reduce<Place>((inner, key) => inner.at(key), place);
  throw at.error(value === undefined ? message : `is ${shown(value)}; ${message}`, part);
}

function checkDepth(input: unknown, place: Place, depth = 0): void {
  if (typeof input !== 'object' || input === null) return;
  if (Object.hasOwn(input, '__proto__'))
    throw place.error('has a key named __proto__, which cannot be used; rename it');
  // Each level of a condition is a map in a list; what a definition puts around them is a few more.
  if (depth > 2 * LIMITS.depth + 8) throw place.error(`is nested deeper than ${LIMITS.depth} levels`);
  for (const value of Object.values(input)) checkDepth(value, place, depth + 1);
}
