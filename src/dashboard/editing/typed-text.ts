import type { Scalar } from '../../evaluation/definition/condition-schema.js';

/*
 * How values stand in the fields of a form, so that each is read as exactly what it was: text as it is, numbers, true and false
 * as in YAML. What would be read as something else, or not survive a field at all, is in double quotes, as JSON has it.
 */

/** How one value of a list stands on its line, and is read from it. */
export interface Notation<Value> {
  typed(value: Value): string;
  read(line: string): Value;
}

/** Fields have no controls, keep no halves of characters, and spaces around a text nobody sees. */
const UNSAFE = /[\p{Cc}\p{Cs}\u2028\u2029]|^\s|\s$|^"|^$/u;
/** The same for text of several lines. */
const UNSAFE_LINES = /[^\P{Cc}\n]|[\p{Cs}\u2028\u2029]|^\s|\s$|^"|^$/u;

/** A list without values, where a blank field means that there is no list. */
const NO_VALUES = '[]';

export const texts: Notation<string> = {
  typed: (value) => (UNSAFE.test(value) ? JSON.stringify(value) : value),
  read: (line) => unquoted(line) ?? line,
};

/** Text that may go over several lines. */
export const prose: Notation<string> = {
  typed: (value) => (UNSAFE_LINES.test(value) ? JSON.stringify(value) : value),
  read: (typed) => texts.read(typed),
};

/** Ids of users: `42` is a number, `"42"` is text. */
export const ids: Notation<string | number> = {
  typed: (id) => notated(id, (line) => ids.read(line)),
  read: (line) => unquoted(line) ?? wholeNumber(line) ?? line,
};

/** Values to compare with. */
export const scalars: Notation<Scalar> = {
  typed: (value) => notated(value, (line) => scalars.read(line)),
  read: (line) => unquoted(line) ?? truth(line) ?? numberIn(line) ?? line,
};

/** Variants of another flag; `true` and `false` stand for those of a boolean one. */
export const wanted: Notation<string | boolean> = {
  typed: (value) => notated(value, (line) => wanted.read(line)),
  read: (line) => unquoted(line) ?? truth(line) ?? line,
};

/** What a field says; `undefined` when it is blank. */
export function readField<Value>(typed: string, notation: Notation<Value>): Value | undefined {
  const trimmed = trimmedField(typed);
  return trimmed === '' ? undefined : notation.read(trimmed);
}

/** A list, a value on each line. */
export function typedLines<Value>(values: readonly Value[], notation: Notation<Value>): string {
  if (values.length === 0) return NO_VALUES;
  return values
    .map((value) => notation.typed(value))
    .map((line) => (line === NO_VALUES ? JSON.stringify(line) : line))
    .join('\n');
}

/** The values on the lines of a field; `undefined` when all are blank. */
export function readLines<Value>(typed: string, notation: Notation<Value>): Value[] | undefined {
  const lines = linesIn(typed);
  if (lines.length === 0) return undefined;
  return lines.length === 1 && lines[0] === NO_VALUES ? [] : lines.map((line) => notation.read(line));
}

/** The same where a single line is a value, and no list. */
export function readOneOrMore<Value>(typed: string, notation: Notation<Value>): Value | Value[] | undefined {
  const lines = linesIn(typed).map((line) => notation.read(line));
  return lines.length > 1 ? lines : lines[0];
}

function linesIn(typed: string): string[] {
  return trimmedField(typed)
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

/** Browsers send lines ended by two characters. */
function trimmedField(typed: string): string {
  return typed.replace(/\r\n?/g, '\n').trim();
}

function notated<Value extends Scalar>(value: Value, read: (line: string) => Scalar): string {
  if (typeof value !== 'string') return String(value);
  return UNSAFE.test(value) || read(value) !== value ? JSON.stringify(value) : value;
}

function unquoted(line: string): string | undefined {
  if (!line.startsWith('"')) return undefined;
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'string' ? value : undefined;
  } catch {
    return undefined;
  }
}

function truth(line: string): boolean | undefined {
  return line === 'true' || line === 'false' ? line === 'true' : undefined;
}

/** A number written as numbers are: `042` and `1.0` are text, as an app has them in its ids and versions. */
function numberIn(line: string): number | undefined {
  const number = Number(line);
  return Number.isFinite(number) && String(number) === line ? number : undefined;
}

/** A number larger than that has lost digits. */
function wholeNumber(line: string): number | undefined {
  const number = numberIn(line);
  return Number.isInteger(number) && !Number.isSafeInteger(number) ? undefined : number;
}
