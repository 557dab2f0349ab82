import { z } from 'zod';
import { shown } from '../../errors.js';
import { didYouMean } from '../closest.js';
import type { Path, Place } from '../place.js';
import { isRounded, userKey } from '../user-id.js';
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
  const [issue] = error.issues;
  if (issue === undefined) throw place.error('cannot be read');
  const { path, message, value } = described(issue, input);
  throw path
    .reduce<Place>((at, key) => at.at(key), place)
    .error(value === undefined ? message : `is ${shown(value)}; ${message}`);
}

interface Described {
  readonly path: Path;
  readonly message: string;
  /** What stands there; `undefined` when the message says it. */
  readonly value?: unknown;
}

/** The innermost thing that is wrong, in words. */
function described(issue: z.core.$ZodIssue, input: unknown): Described {
  const path = issue.path as Path;
  const value = valueAt(input, path);
  if (issue.code === 'unrecognized_keys') {
    const [key = ''] = issue.keys;
    return { path, message: `has the unknown key ${shown(key)}${didYouMean(key, knownKeys(path)) || '; remove it'}` };
  }
  if (issue.code === 'invalid_union') {
    const branch = meant(issue.errors, value);
    if (branch !== undefined) {
      const inner = described(branch, value);
      return { ...inner, path: [...path, ...inner.path] };
    }
  }
  if (issue.code === 'invalid_value') return { path, value, message: `use one of ${issue.values.join(', ')}` };
  if (issue.code === 'too_big') return { path, message: `${issue.message}; the limit is ${issue.maximum}` };
  return { path, value: value ?? null, message: issue.message };
}

/** Of the branches of a union the one that fits the value's outside, and so the one its writer had in mind. */
function meant(branches: readonly (readonly z.core.$ZodIssue[])[], value: unknown): z.core.$ZodIssue | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const fitting = branches.flatMap(([issue]) => (issue === undefined || isForAnotherType(issue) ? [] : [issue]));
  const inside = fitting.find(({ path: [key] }) => key !== undefined && Object.hasOwn(value, key));
  return inside ?? (fitting.length === 1 ? fitting[0] : undefined);
}

function isForAnotherType(issue: z.core.$ZodIssue): boolean {
  return issue.path.length === 0 && issue.code === 'invalid_type';
}

function valueAt(input: unknown, path: Path): unknown {
  let value: unknown = input;
  for (const key of path) value = typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
  return value;
}

const OPERATORS = [
  'equals',
  'oneOf',
  'not',
  'gt',
  'gte',
  'lt',
  'lte',
  'before',
  'after',
  'startsWith',
  'endsWith',
  'contains',
  'semver',
  'exists',
];
const RULE_KEYS = ['name', 'when', 'serve'];
const SERVE_KEYS = ['percentage', 'variant', 'split', 'ramp', 'start', 'days', 'at', 'from', 'until', 'timeZone'];

function knownKeys(path: Path): string[] {
  if (path.length === 0) return [...Object.keys(flagDefinition.shape), ...FOREIGN, 'users', 'when'];
  if (path.includes('when') || path.includes('target')) return OPERATORS;
  return path.includes('serve') ? SERVE_KEYS : RULE_KEYS;
}

function checkDepth(input: unknown, place: Place, depth = 0): void {
  if (typeof input !== 'object' || input === null) return;
  if (Object.hasOwn(input, '__proto__'))
    throw place.error('has a key named __proto__, which cannot be used; rename it');
  if (depth > LIMITS.depth) throw place.error(`is nested deeper than ${LIMITS.depth} levels`);
  for (const value of Object.values(input)) checkDepth(value, place, depth + 1);
}
