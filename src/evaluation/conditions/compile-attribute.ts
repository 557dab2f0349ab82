import { Range } from 'semver';
import { shown } from '../../errors.js';
import type { Operators, Scalar, Test } from '../definition/condition-schema.js';
import type { Place } from '../place.js';
import { type UserId, userKey } from '../user-id.js';
import { AttributeTest } from './attribute.js';
import { BeforeOrAfter, Compared } from './comparison.js';
import type { Condition } from './condition.js';
import { Equals, LikeOneOf, OneOf } from './equality.js';
import { InRange } from './in-range.js';
import { ListedUsers } from './listed-users.js';
import { Contrary, EveryTest, Exists } from './test-logic.js';
import { Textual } from './textual.js';
import type { ValueTest } from './value-test.js';
import { hasWildcard } from './wildcard.js';

/**
 * Makes a test of one attribute ready.
 *
 * @throws GatekeeperError `INVALID_DEFINITION` naming place, value and fix
 */
export function compileAttribute(name: string, test: Test, place: Place): Condition {
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
  const { equals: equal, oneOf: ids, not: contrary, ...others } = test as Operators;
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
      return new Equals(operand as Scalar);
    case 'oneOf':
      return new OneOf(operand as readonly Scalar[]);
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
