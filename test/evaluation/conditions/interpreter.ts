import type { Truth } from '../../../src/evaluation/conditions/truth.js';

/*
 * The language of conditions written a second time, from docs/definitions.md alone: slow, plain, and with nothing made ready
 * beforehand. Attributes are looked up at the top only.
 */

/** Yes, no, or cannot be told, of several that all have to hold. */
function all(truths: readonly Truth[]): Truth {
  if (truths.includes(false)) return false;
  return truths.includes(undefined) ? undefined : true;
}

function any(truths: readonly Truth[]): Truth {
  if (truths.includes(true)) return true;
  return truths.includes(undefined) ? undefined : false;
}

function contrary(truth: Truth): Truth {
  return truth === undefined ? undefined : !truth;
}

/** What a condition says of somebody with these attributes. */
export function interpreted(condition: object, attributes: Readonly<Record<string, unknown>>): Truth {
  return all(
    Object.entries(condition).map(([key, value]) => {
      if (key === 'all') return all(value.map((part: object) => interpreted(part, attributes)));
      if (key === 'any') return any(value.map((part: object) => interpreted(part, attributes)));
      if (key === 'not') return contrary(interpreted(value, attributes));
      return tested(value, Object.hasOwn(attributes, key) ? attributes[key] : undefined);
    }),
  );
}

function tested(test: unknown, value: unknown): Truth {
  if (typeof test !== 'object' || test === null) return tested([test], value);
  if (Array.isArray(test)) return applied('like', test, value);
  return all(Object.entries(test).map(([operator, operand]) => applied(operator, operand, value)));
}

function applied(operator: string, operand: unknown, value: unknown): Truth {
  const missing = value === undefined || value === null;
  if (operator === 'exists') return operand === !missing;
  if (operator === 'not') return contrary(tested(operand, value));
  if (missing) return undefined;
  if (operator === 'contains' && Array.isArray(value)) {
    return value.some((element) => [operand].flat().includes(element));
  }
  return any([value].flat().map((element) => compared(operator, operand, element)));
}

function compared(operator: string, operand: unknown, value: unknown): Truth {
  const operands = [operand].flat() as never[];
  if (operator === 'equals') return value === operand;
  if (operator === 'oneOf') return operands.some((one) => value === one);
  if (operator === 'like') return operands.some((one) => value === one || like(one, value));
  if (['gt', 'gte', 'lt', 'lte'].includes(operator)) return ordered(operator, value, operand);
  if (operator === 'before') return ordered('lt', milliseconds(value), milliseconds(operand));
  if (operator === 'after') return ordered('gt', milliseconds(value), milliseconds(operand));
  if (operator === 'semver') return atLeast(value, String(operand).slice(2));
  if (typeof value !== 'string') return undefined;
  if (operator === 'startsWith') return operands.some((one) => value.startsWith(one));
  if (operator === 'endsWith') return operands.some((one) => value.endsWith(one));
  if (operator === 'contains') return operands.some((one) => value.includes(one));
  throw new Error(`no operator ${operator}`);
}

function ordered(operator: string, value: unknown, bound: unknown): Truth {
  if (typeof value !== 'number' || typeof bound !== 'number' || Number.isNaN(value)) return undefined;
  const truths = { gt: value > bound, gte: value >= bound, lt: value < bound, lte: value <= bound };
  return truths[operator as keyof typeof truths];
}

function milliseconds(value: unknown): number {
  if (value instanceof Date) return value.getTime();
  if (typeof value === 'number') return value;
  return typeof value === 'string' && /^\d{4}-\d\d-\d\d/.test(value) ? Date.parse(value) : Number.NaN;
}

/** Whether a version is at least another; both are three numbers. */
function atLeast(value: unknown, bound: string): Truth {
  if (typeof value !== 'string' || !/^\d+\.\d+\.\d+$/.test(value)) return undefined;
  const [mine = [], theirs = []] = [value, bound].map((version) => version.split('.').map(Number));
  const at = mine.findIndex((part, index) => part !== theirs[index]);
  return at === -1 || (mine[at] ?? 0) > (theirs[at] ?? 0);
}

function like(pattern: unknown, value: unknown): boolean {
  if (typeof pattern !== 'string' || typeof value !== 'string') return false;
  const literal = (part: string): string => part.replace(/[^\w]/g, '\\$&');
  return new RegExp(`^${pattern.split('*').map(literal).join('[^]*')}$`).test(value);
}
