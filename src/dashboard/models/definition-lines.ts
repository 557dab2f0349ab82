import { Document, isSeq, visit } from 'yaml';
import type { FlagInput } from '../../evaluation/definition/schema.js';
import { writtenOut } from '../../evaluation/definition/written-out.js';
import { isPlain } from '../../evaluation/json-value.js';

/** Controls, what turns the direction of writing, and what is not seen at all: they make text read as another. */
const UNSAFE = /[\p{Cc}\u2028\u2029\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/u;
const EVERY_UNSAFE = new RegExp(UNSAFE, 'gu');

/** A definition as lines of YAML, in which nothing can hide; none for `null` and `undefined`. */
export function definitionLines(definition: unknown): string[] {
  if (definition === null || definition === undefined) return [];
  const document = new Document(definition, { aliasDuplicateObjects: false });
  visit(document, {
    Scalar(_key, scalar) {
      // In double quotes every character can be written as its number.
      if (typeof scalar.value === 'string' && scalar.value.split('\n').some((line) => UNSAFE.test(line))) {
        scalar.type = 'QUOTE_DOUBLE';
      }
    },
    Seq(_key, list, path) {
      // The steps of a ramp: pairs, each on its line.
      if (isSeq(path.at(-1))) list.flow = true;
    },
  });
  return document.toString({ lineWidth: 0, doubleQuotedAsJSON: true }).trimEnd().split('\n').map(safe);
}

/**
 * Two definitions, written in the same way as far as that changes no meaning, so that only what is different stands out: a
 * shorthand beside a map is written out, and keys come in the order that they had before.
 */
export function alike(before: unknown, after: unknown): [before: unknown, after: unknown] {
  if (isPlain(before) && isShorthand(after)) return [before, inOrderOf(before, writtenOut(after))];
  if (isShorthand(before) && isPlain(after)) return [writtenOut(before), inOrderOf(writtenOut(before), after)];
  return [before, inOrderOf(before, after)];
}

function isShorthand(definition: unknown): definition is FlagInput {
  return typeof definition === 'boolean' || typeof definition === 'number' || Array.isArray(definition);
}

function inOrderOf(model: unknown, value: unknown): unknown {
  if (Array.isArray(value)) {
    return Array.isArray(model) ? value.map((element, index) => inOrderOf(model[index], element)) : value;
  }
  if (!isPlain(model) || !isPlain(value)) return value;
  const known = Object.keys(model).filter((key) => Object.hasOwn(value, key));
  const added = Object.keys(value).filter((key) => !Object.hasOwn(model, key));
  // The order of variants means something: the first that is not the off variant is the on variant.
  return Object.fromEntries(
    [...known, ...added].map((key) => [key, key === 'variants' ? value[key] : inOrderOf(model[key], value[key])]),
  );
}

function safe(line: string): string {
  return line.replace(EVERY_UNSAFE, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
