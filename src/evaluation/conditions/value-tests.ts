import { parse, type Range } from 'semver';
import { shown } from '../../errors.js';
import { parseInstant } from '../instants.js';
import type { ValueTest } from './attribute.js';
import type { Truth } from './condition.js';
import { wildcard } from './wildcard.js';

type Scalar = string | number | boolean;

/** A list as an attribute passes when one of its elements does. */
function some(values: readonly unknown[], passes: (element: unknown) => Truth): Truth {
  let truth: Truth = false;
  for (const element of values) {
    const told = passes(element);
    if (told === true) return true;
    if (told === undefined) truth = undefined;
  }
  return truth;
}

/** @param text put into words only when somebody wants it explained */
function test(text: () => string, passes: (value: unknown) => Truth): ValueTest {
  return { text, passes: (value) => (Array.isArray(value) ? some(value, passes) : passes(value)) };
}

/** The value equals the given one; nothing in it is a wildcard. */
export function equals(expected: Scalar): ValueTest {
  return test(
    () => `be ${shown(expected)}`,
    (value) => value === expected,
  );
}

/** The value is one of a list, in which text may have wildcards. */
export function oneOf(values: readonly Scalar[]): ValueTest {
  const plain = new Set<unknown>(values.filter((value) => !hasWildcard(value)));
  const patterns = values.filter(hasWildcard).map(wildcard);
  const text = (): string => (values.length === 1 ? `be ${shown(values[0])}` : `be one of ${shown(values)}`);
  if (patterns.length === 0) return test(text, (value) => plain.has(value));
  return test(text, (value) => plain.has(value) || (typeof value === 'string' && patterns.some((fits) => fits(value))));
}

function hasWildcard(value: Scalar): value is string {
  return typeof value === 'string' && value.includes('*');
}

/** Numbers compared with a number. Anything else cannot be told. */
export function compared(operator: 'gt' | 'gte' | 'lt' | 'lte', bound: number): ValueTest {
  const { words, holds } = COMPARISONS[operator];
  return test(
    () => `be ${words} ${bound}`,
    (value) => (typeof value === 'number' && !Number.isNaN(value) ? holds(value, bound) : undefined),
  );
}

const COMPARISONS = {
  gt: { words: 'greater than', holds: (value: number, bound: number) => value > bound },
  gte: { words: 'at least', holds: (value: number, bound: number) => value >= bound },
  lt: { words: 'less than', holds: (value: number, bound: number) => value < bound },
  lte: { words: 'at most', holds: (value: number, bound: number) => value <= bound },
} as const;

/** Instants compared with an instant: dates, text in ISO 8601, or milliseconds since the epoch. */
export function beforeOrAfter(operator: 'before' | 'after', text: string): ValueTest {
  const bound = parseInstant(text, 'UTC');
  return test(
    () => `be ${operator} ${text}`,
    (value) => {
      const instant = instantOf(value);
      if (Number.isNaN(instant)) return undefined;
      return operator === 'before' ? instant < bound : instant > bound;
    },
  );
}

function instantOf(value: unknown): number {
  if (value instanceof Date) return value.getTime();
  if (typeof value === 'string') return parseInstant(value, 'UTC');
  return typeof value === 'number' ? value : Number.NaN;
}

/** Text that starts with, ends with or contains one of these; a list contains its elements. */
export function textual(
  operator: 'startsWith' | 'endsWith' | 'contains',
  given: string | readonly string[],
): ValueTest {
  const needles = [given].flat();
  const words = { startsWith: 'start with', endsWith: 'end with', contains: 'contain' }[operator];
  const text = (): string => `${words} ${needles.map(shown).join(' or ')}`;
  const fits = (value: string): boolean =>
    needles.some((needle) => (operator === 'contains' ? value.includes(needle) : value[operator](needle)));
  if (operator !== 'contains') {
    return test(text, (value) => (typeof value === 'string' ? fits(value) : undefined));
  }
  return {
    text,
    passes: (value) => {
      if (Array.isArray(value)) return needles.some((needle) => value.includes(needle));
      return typeof value === 'string' ? fits(value) : undefined;
    },
  };
}

/** A version in the given range. Text that is no version cannot be told. */
export function inRange(range: Range): ValueTest {
  const known = new Map<string, Truth>();
  return test(
    () => `be a version ${range.raw}`,
    (value) => {
      if (typeof value !== 'string') return undefined;
      if (known.has(value)) return known.get(value);
      const truth = isInRange(value, range);
      // An app meets few versions, so that each is parsed once; a visitor may make up any number.
      if (known.size < 1000) known.set(value, truth);
      return truth;
    },
  );
}

function isInRange(text: string, range: Range): Truth {
  // Looked at first, because the library builds an Error for text that is no version.
  const version = VERSION.test(text) ? parse(text) : null;
  return version === null ? undefined : range.test(version);
}

const VERSION =
  /^v?(0|[1-9]\d{0,14})\.(0|[1-9]\d{0,14})\.(0|[1-9]\d{0,14})(-[0-9A-Za-z.-]{1,100})?(\+[0-9A-Za-z.-]{1,100})?$/;

/** The attribute is there, or is not. */
export function exists(expected: boolean): ValueTest {
  return { text: () => (expected ? 'exist' : 'be missing'), passes: () => expected, missing: !expected };
}

/** The contrary, where it can be told. */
export function not(inner: ValueTest): ValueTest {
  const contrary = (truth: Truth): Truth => (truth === undefined ? undefined : !truth);
  return {
    text: () => `not ${inner.text()}`,
    passes: (value) => contrary(inner.passes(value)),
    missing: contrary(inner.missing),
  };
}

/** All of several tests. */
export function every(tests: readonly ValueTest[]): ValueTest {
  const combined = (tell: (test: ValueTest) => Truth): Truth => {
    let truth: Truth = true;
    for (const each of tests) {
      const told = tell(each);
      if (told === false) return false;
      if (told === undefined) truth = undefined;
    }
    return truth;
  };
  return {
    text: () => tests.map(({ text }) => text()).join(' and '),
    passes: (value) => combined((each) => each.passes(value)),
    missing: combined((each) => each.missing),
  };
}
