import type { z } from 'zod';
import { shown } from '../../errors.js';
import { didYouMean } from '../closest.js';
import type { Path } from '../place.js';
import { operators } from './condition-schema.js';
import { flagDefinition, foreignFields, rule } from './schema.js';
import { ramp, served } from './serve-schema.js';

const OPERATORS = Object.keys(operators.shape);

/** What is wrong with a definition. */
export interface Described {
  readonly path: Path;
  readonly message: string;
  /** What stands there; `undefined` when the message says it. */
  readonly value?: unknown;
  /** The member at `path` that is wrong. */
  readonly part?: string;
}

/** The first thing that is wrong, in words. */
export function firstProblem({ issues }: z.core.$ZodError, input: unknown): Described {
  // A misspelt key is also a missing one; the spelling is what to mend.
  const issue = issues.find(({ code }) => code === 'unrecognized_keys') ?? issues[0];
  return issue === undefined ? { path: [], message: 'cannot be read' } : described(issue, input);
}

/** The innermost part of it. */
function described(issue: z.core.$ZodIssue, input: unknown): Described {
  const path = issue.path as Path;
  const value = valueAt(input, path);
  if (issue.code === 'unrecognized_keys') {
    const [key = ''] = issue.keys;
    return {
      path,
      part: key,
      message: `has the unknown key ${shown(key)}${insteadOf(key, path)}`,
    };
  }
  if (issue.code === 'invalid_union') {
    const branch = meant(issue.errors, value);
    if (branch !== undefined) {
      const inner = described(branch, value);
      return { ...inner, path: [...path, ...inner.path] };
    }
  }
  if (value === undefined && issue.code === 'invalid_type') return { path, message: 'is missing; add it' };
  return { path, value: value ?? null, message: inOurWords(issue) };
}

/** What to write instead. The schema says it where it can; the rest is in the library's words, which say only what is. */
function inOurWords(issue: z.core.$ZodIssue): string {
  const told = !/^(Invalid|Too )/.test(issue.message);
  if (told && (issue.code !== 'too_big' || issue.message.includes('at most'))) return issue.message;
  switch (issue.code) {
    case 'invalid_type':
      return `use ${TYPES[issue.expected] ?? issue.expected}`;
    case 'invalid_value':
      return `use one of ${issue.values.join(', ')}`;
    case 'too_big':
      return `at most ${issue.maximum} ${issue.origin === 'string' ? 'characters' : ''} are taken`.replace('  ', ' ');
    case 'too_small':
      return issue.origin === 'array' ? 'list at least one' : `use at least ${issue.minimum}`;
    default:
      return 'it cannot be read; use text, a number, true or false';
  }
}

const TYPES: Readonly<Record<string, string>> = {
  array: 'a list',
  object: 'a map',
  record: 'a map',
  string: 'text',
  number: 'a number',
  boolean: 'true or false',
};

/** Of the branches of a union the one that fits the value's outside, and so the one its writer had in mind. */
function meant(branches: readonly (readonly z.core.$ZodIssue[])[], value: unknown): z.core.$ZodIssue | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const fitting = branches.flatMap(([issue]) => (issue === undefined || isForAnotherType(issue) ? [] : [issue]));
  const inside = fitting.find(({ path: [key] }) => key !== undefined && Object.hasOwn(value, key));
  return inside ?? (fitting.length === 1 ? fitting[0] : undefined);
}

function isForAnotherType(issue: z.core.$ZodIssue): boolean {
  return issue.path.length === 0 && (issue.code === 'invalid_type' || issue.code === 'invalid_union');
}

function valueAt(input: unknown, path: Path): unknown {
  let value: unknown = input;
  for (const key of path) value = typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
  return value;
}

/** What may stand there in place of an unknown key. */
function insteadOf(key: string, path: Path): string {
  const known = knownKeys(path);
  const meant = didYouMean(key, known);
  if (meant !== '') return meant;
  const like = key.length > 2 && known.find((name) => name.startsWith(key) || letters(name) === letters(key));
  if (like) return `; did you mean '${like}'?`;
  const attribute = attributeIn(path);
  if (attribute === undefined) return '; remove it';
  // What is no operator is most often an attribute of an attribute.
  const inside = shown(`${attribute}.${key}`).replaceAll('"', "'");
  return `; for an attribute inside it write ${inside}, else one of ${OPERATORS.join(', ')}`;
}

function letters(key: string): string {
  return [...key].sort().join('');
}

function knownKeys(path: Path): string[] {
  if (path.length === 0) return [...Object.keys(flagDefinition.shape), ...Object.keys(foreignFields), 'users', 'when'];
  if (attributeIn(path) !== undefined) return OPERATORS;
  if (path.includes('serve')) return Object.keys(path.includes('ramp') ? ramp.shape : served.shape);
  return Object.keys(rule.shape);
}

/** The attribute whose test stands at `path`, if one does: the first key in a condition that is no group. */
function attributeIn(path: Path): string | undefined {
  const start = path.findIndex((key) => key === 'when' || key === 'target');
  if (start === -1) return undefined;
  const attribute = path
    .slice(start + 1)
    .find((key) => !['all', 'any', 'not'].includes(String(key)) && typeof key !== 'number');
  return attribute === undefined ? undefined : String(attribute);
}
