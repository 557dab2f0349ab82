import { Range } from 'semver';
import { shown } from '../../errors.js';
import { didYouMean } from '../closest.js';
import type { ConditionDefinition, FlagVariants, Scalar, Test } from '../definition/condition-schema.js';
import { LIMITS } from '../definition/limits.js';
import type { Place } from '../place.js';
import { type UserId, userKey } from '../user-id.js';
import { AttributeTest } from './attribute.js';
import type { Condition } from './condition.js';
import { All, Any, Not, Unusable } from './groups.js';
import { InRange } from './in-range.js';
import { ListedUsers } from './listed-users.js';
import { FlagServes, InSegment } from './references.js';
import type { ValueTest } from './value-test.js';
import {
  BeforeOrAfter,
  Compared,
  Contrary,
  Equals,
  EveryTest,
  Exists,
  hasWildcard,
  LikeOneOf,
  OneOf,
  Textual,
} from './value-tests.js';

/** What a condition may refer to, by name. */
export interface Names {
  /** A segment, made ready; `undefined` when it does not exist or cannot be used. */
  segment(name: string): Condition | undefined;
  /** The names of all segments, usable or not. */
  readonly segments: ReadonlySet<string>;
  /** Flag → its variants; `undefined` for an unknown flag. */
  variantsOf(flag: string): readonly string[] | 'any' | 'unusable' | undefined;
  /** The names of all flags, for suggestions. */
  readonly flags: Iterable<string>;
}

/**
 * Makes a condition ready: lists become sets, wildcards, versions and dates are parsed, names are looked up.
 *
 * @throws GatekeeperError `INVALID_DEFINITION` naming place, value and fix
 */
export function compileCondition(definition: ConditionDefinition, place: Place, names: Names, depth = 0): Condition {
  if (depth > LIMITS.depth) throw place.error(`is nested deeper than ${LIMITS.depth} levels`);
  const parts: Condition[] = [];
  for (const key of Object.keys(definition)) {
    const value = definition[key];
    if (value !== undefined) parts.push(part(key, value, place.at(key), names, depth + 1));
  }
  const [only] = parts;
  return parts.length === 1 && only !== undefined ? only : new All(parts);
}

function part(key: string, value: unknown, place: Place, names: Names, depth: number): Condition {
  switch (key) {
    case 'all':
      return new All(list(value).map((each, index) => compileCondition(each, place.at(index), names, depth)));
    case 'any':
      return new Any(list(value).map((each, index) => compileCondition(each, place.at(index), names, depth)));
    case 'not':
      return new Not(compileCondition(value as ConditionDefinition, place, names, depth));
    case 'segment':
      return inSegment([value as string | string[]].flat(), place, names);
    case 'flag':
      return flagsServe(value as FlagVariants, place, names);
    default:
      return attribute(key, value as Test, place);
  }
}

function list(value: unknown): readonly ConditionDefinition[] {
  return value as readonly ConditionDefinition[];
}

function inSegment(segments: readonly string[], place: Place, names: Names): Condition {
  return new InSegment(
    [...new Set(segments)].map((name) => {
      const condition = names.segment(name);
      if (condition !== undefined) return { name, condition };
      // A rule that cannot be asked must not let through those it would have stopped.
      if (names.segments.has(name)) throw place.error(`segment ${shown(name)} cannot be used; mend its definition`);
      throw place.error(
        `there is no segment ${shown(name)}${didYouMean(name, names.segments) || '; define it under segments'}`,
      );
    }),
  );
}

/** Makes the condition that flags serve what they are wanted to: for `flag:` and for prerequisites. */
export function flagsServe(wanted: FlagVariants, place: Place, names: Names): Condition {
  const parts = Object.entries(wanted).map(([flag, variants]) => flagServes(flag, variants, place, names));
  const [only] = parts;
  return parts.length === 1 && only !== undefined ? only : new All(parts);
}

function flagServes(flag: string, wanted: FlagVariants[string], place: Place, names: Names): Condition {
  const known = names.variantsOf(flag);
  if (known === undefined) {
    throw place.error(
      `there is no flag ${shown(flag)}${didYouMean(flag, names.flags) || '; define it or remove this'}`,
    );
  }
  if (known === 'unusable') return new Unusable(`flag ${flag} cannot be used`);
  const variants = typeof wanted === 'boolean' ? [wanted ? 'on' : 'off'] : [...new Set([wanted].flat())];
  for (const variant of variants) {
    if (known === 'any' || known.includes(variant)) continue;
    const meant = didYouMean(variant, known) || `; it has ${known.join(', ')}`;
    throw place.at(flag).error(`${shown(variant)} is no variant of that flag${meant}`);
  }
  return new FlagServes(flag, variants);
}

function attribute(name: string, test: Test, place: Place): Condition {
  if (name !== 'userId') return new AttributeTest(name, valueTest(test, place));
  if (Array.isArray(test) && !test.some(hasWildcard)) return new ListedUsers(test);
  if (isListAlone(test)) return new ListedUsers(test.oneOf);
  return new AttributeTest(name, valueTest(asIds(test), place));
}

function isListAlone(test: Test): test is { readonly oneOf: readonly UserId[] } {
  if (typeof test !== 'object' || !('oneOf' in test) || Object.keys(test).length > 1) return false;
  return test.oneOf?.every((id) => userKey(id) !== undefined) === true;
}

/** User ids are compared as text, so that 1 and '1' are the same user. */
function asIds(test: Test): Test {
  if (typeof test === 'number') return String(test);
  if (Array.isArray(test)) return test.map(String);
  if (typeof test !== 'object') return test;
  const {
    equals: equal,
    oneOf: ids,
    not: contrary,
    ...others
  } = test as Exclude<Test, string | number | boolean | readonly unknown[]>;
  return {
    ...others,
    ...(equal === undefined ? {} : { equals: String(equal) }),
    ...(ids === undefined ? {} : { oneOf: ids.map(String) }),
    ...(contrary === undefined ? {} : { not: asIds(contrary) }),
  };
}

function valueTest(test: Test, place: Place): ValueTest {
  if (Array.isArray(test)) return listTest(test);
  if (typeof test !== 'object') return listTest([test]);
  const tests: ValueTest[] = [];
  for (const [operator, operand] of Object.entries(test)) {
    if (operand !== undefined) tests.push(operatorTest(operator, operand, place.at(operator)));
  }
  const [only] = tests;
  if (only === undefined)
    throw place.error('has no operator; use a value, a list of values, or operators such as { gte: 18 }');
  return tests.length === 1 ? only : new EveryTest(tests);
}

function listTest(values: readonly Scalar[]): ValueTest {
  return values.some(hasWildcard) ? new LikeOneOf(values) : new OneOf(values);
}

function operatorTest(operator: string, operand: unknown, place: Place): ValueTest {
  switch (operator) {
    case 'equals':
      return new Equals(operand as string | number | boolean);
    case 'oneOf':
      return new OneOf(operand as readonly (string | number | boolean)[]);
    case 'not':
      return new Contrary(valueTest(operand as Test, place));
    case 'gt':
    case 'gte':
    case 'lt':
    case 'lte':
      return new Compared(operator, operand as number);
    case 'before':
    case 'after':
      return new BeforeOrAfter(operator, operand as string);
    case 'startsWith':
    case 'endsWith':
    case 'contains':
      return new Textual(operator, operand as string | readonly string[]);
    case 'semver':
      return new InRange(range(operand as string, place));
    case 'exists':
      return new Exists(operand as boolean);
    default:
      throw place.error(`${shown(operator)} is no operator`);
  }
}

function range(text: string, place: Place): Range {
  try {
    return new Range(text, { includePrerelease: true });
  } catch {
    throw place.error(`${shown(text)} is no range of versions; write for example '>=2.1.0' or '^1.4.0'`);
  }
}
