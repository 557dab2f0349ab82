import type { Scalar } from '../../evaluation/definition/condition-schema.js';
import { isInstant } from '../../evaluation/instants.js';
import { readField, readLines, readOneOrMore, scalars, texts, typedLines } from './typed-text.js';

/** How an attribute may be tested in a form: one operator, perhaps negated, and what to compare with. */
export interface Operator {
  readonly name: string;
  readonly label: string;
  /** What stands in the field, to tell people and to choose its look. */
  readonly takes: 'value' | 'values' | 'number' | 'instant' | 'texts' | 'range' | 'nothing';
  /** The key of the operator; `''` when the value itself is the test. */
  readonly key: string;
  readonly negated: boolean;
}

const POSITIVE: readonly (readonly [string, string, Operator['takes'], string])[] = [
  ['is', 'is', 'value', ''],
  ['isOneOf', 'is one of', 'values', ''],
  ['startsWith', 'starts with', 'texts', 'startsWith'],
  ['endsWith', 'ends with', 'texts', 'endsWith'],
  ['contains', 'contains', 'texts', 'contains'],
  ['gt', 'is more than', 'number', 'gt'],
  ['gte', 'is at least', 'number', 'gte'],
  ['lt', 'is less than', 'number', 'lt'],
  ['lte', 'is at most', 'number', 'lte'],
  ['before', 'is before', 'instant', 'before'],
  ['after', 'is after', 'instant', 'after'],
  ['semver', 'is a version in', 'range', 'semver'],
  ['equals', 'is exactly', 'value', 'equals'],
  ['oneOf', 'is exactly one of', 'values', 'oneOf'],
  ['exists', 'is there', 'nothing', 'exists'],
  ['missing', 'is not there', 'nothing', 'exists'],
];

const NEGATIVE: readonly (readonly [string, string, Operator['takes'], string])[] = [
  ['not.is', 'is not', 'value', ''],
  ['not.isOneOf', 'is none of', 'values', ''],
  ['not.startsWith', 'does not start with', 'texts', 'startsWith'],
  ['not.endsWith', 'does not end with', 'texts', 'endsWith'],
  ['not.contains', 'does not contain', 'texts', 'contains'],
  ['not.semver', 'is a version outside', 'range', 'semver'],
  ['not.equals', 'is not exactly', 'value', 'equals'],
  ['not.oneOf', 'is exactly none of', 'values', 'oneOf'],
];

const listed =
  (negated: boolean) =>
  (entry: (typeof POSITIVE)[number]): Operator => {
    const [name, label, takes, key] = entry;
    return { name, label, takes, key, negated };
  };

export const OPERATORS: readonly Operator[] = [...POSITIVE.map(listed(false)), ...NEGATIVE.map(listed(true))];

const BY_NAME = new Map(OPERATORS.map((operator) => [operator.name, operator]));

export function operatorNamed(name: string): Operator | undefined {
  return BY_NAME.get(name);
}

/** The operator that tests by `key`, with what stands in its field; `undefined` when no field can show it. */
export function typedOperand(
  key: string,
  operand: unknown,
  negated = false,
): [name: string, value: string] | undefined {
  const isList = Array.isArray(operand);
  const name =
    key === 'exists' ? (operand === true ? 'exists' : 'missing') : key === '' ? (isList ? 'isOneOf' : 'is') : key;
  const operator = BY_NAME.get(negated ? `not.${name}` : name);
  if (operator === undefined || (key === '' && typeof operand === 'object' && !isList)) return undefined;
  const value = typedBy(operator.takes, operand);
  return value === undefined ? undefined : [operator.name, value];
}

function typedBy(takes: Operator['takes'], operand: unknown): string | undefined {
  switch (takes) {
    case 'nothing':
      return '';
    case 'value':
      return scalars.typed(operand as Scalar);
    case 'values':
      return typedLines(operand as Scalar[], scalars);
    case 'texts':
      if (typeof operand === 'string') return texts.typed(operand);
      // One line is a text: a list of one could not be told from it.
      return (operand as string[]).length > 1 ? typedLines(operand as string[], texts) : undefined;
    case 'number':
      return String(operand);
    default:
      return texts.typed(String(operand));
  }
}

/** What a field says to compare with, or what is wrong with it. */
export function readOperand({ name, takes }: Operator, typed: string): { readonly operand: unknown } | string {
  switch (takes) {
    case 'nothing':
      return { operand: name === 'exists' };
    case 'value':
      return orMissing(readField(typed, scalars));
    case 'values':
      return orMissing(readLines(typed, scalars));
    case 'texts':
      return orMissing(readOneOrMore(typed, texts));
    case 'number': {
      const number = Number(typed);
      if (typed.trim() === '') return MISSING;
      return Number.isFinite(number) ? { operand: number } : 'compare with a number';
    }
    case 'instant': {
      const instant = readField(typed, texts);
      if (instant !== undefined && !isInstant(instant)) return 'an instant is written 2026-12-01 or 2026-12-01T09:00';
      return orMissing(instant);
    }
    case 'range':
      return orMissing(readField(typed, texts));
  }
}

const MISSING = 'what to compare with is missing';

function orMissing(operand: unknown): { readonly operand: unknown } | string {
  return operand === undefined ? MISSING : { operand };
}
