import { type GatekeeperError, messageOf, shown } from '../errors.js';
import { didYouMean } from './closest.js';
import { frozenCopy } from './json-value.js';
import { hasUnsafeCharacters } from './names.js';
import type { Place } from './place.js';

/** A last-listed variant with such a name is surely not meant to be served when a flag is off. */
const READS_AS_ON = /^(on|true|yes|enabled?|active|activated|visible|shown?|allow(ed)?|open|live|treatment)$/i;

/**
 * Name → value, in the order in which they are listed.
 *
 * @throws GatekeeperError `INVALID_FLAG` when they are no variants: fewer than two, repeated, badly named, of mixed types
 */
export function checkedVariants(variants: unknown, place: Place): [string, unknown][] {
  const entries = entriesOf(variants, place);
  if (entries.length < 2) {
    throw wrong(place, `has ${entries.length} variant; a flag decides between at least two, e.g. ['ON', 'OFF']`);
  }
  checkOneType(entries, place);
  return entries.map(([name, value]) => [name, frozen(name, value, place)]);
}

/** A value as it is handed out: to all alike, so that nobody may change it. */
function frozen(name: string, value: unknown, place: Place): unknown {
  try {
    return frozenCopy(value);
  } catch (error) {
    throw wrong(place, `gives its variant '${name}' a value that is not JSON: ${messageOf(error)}`);
  }
}

/** Variants for a message: `'ON', 'OFF'`. */
export function listed(names: readonly string[]): string {
  return names.map((name) => `'${name}'`).join(', ');
}

function entriesOf(variants: unknown, place: Place): [string, unknown][] {
  if (Array.isArray(variants)) {
    for (const [index, name] of variants.entries()) {
      checkName(name, place);
      if (variants.indexOf(name) < index) {
        throw wrong(place, `lists the variant ${shown(name)} twice; remove one of them`);
      }
    }
    return variants.map((name: string) => [name, name]);
  }
  if (typeof variants === 'object' && variants !== null) {
    for (const name of Object.keys(variants)) checkName(name, place);
    return Object.entries(variants);
  }
  throw wrong(
    place,
    `has ${shown(variants)} for its variants; give a list of names, e.g. ['ON', 'OFF'], or a map of name → value`,
  );
}

function checkName(name: unknown, place: Place): void {
  if (typeof name !== 'string') throw wrong(place, `has the variant ${shown(name)}; the name of a variant is a string`);
  if (name.trim() === '') throw wrong(place, 'has an empty variant; the empty name is reserved for "no override"');
  if (name !== name.trim() || name.length > 100 || hasUnsafeCharacters(name)) {
    throw wrong(
      place,
      `has the variant ${shown(name)}; use at most 100 characters, without control characters or spaces around them`,
    );
  }
}

function checkOneType(entries: readonly (readonly [string, unknown])[], place: Place): void {
  const kinds = new Map(entries.map(([name, value]) => [value === null ? 'object' : typeof value, name]));
  for (const [kind, name] of kinds) {
    if (!['boolean', 'string', 'number', 'object'].includes(kind)) {
      throw wrong(place, `gives its variant '${name}' a ${kind}; a value is a boolean, a string, a number or JSON`);
    }
  }
  if (kinds.size > 1) {
    throw wrong(
      place,
      `mixes values of different types (${[...kinds.keys()].join(', ')}); all variants of a flag carry one type`,
    );
  }
}

/** @throws GatekeeperError `INVALID_FLAG` when the given one is none of them, or the guess reads as on */
export function offVariant(values: ReadonlyMap<string, unknown>, given: unknown, place: Place): string {
  const names = [...values.keys()];
  if (given !== undefined) {
    if (typeof given === 'string' && names.includes(given)) return given;
    throw place.error(
      `names ${shown(given)} as its off variant, which is not one of ${listed(names)}${didYouMean(String(given), names)}`,
      'off',
    );
  }
  const named = names.find((name) => /^(off|control)$/i.test(name));
  if (named !== undefined) return named;
  const last = names.at(-1) ?? '';
  if (READS_AS_ON.test(last) || values.get(last) === true) {
    throw place.error(
      `would serve its last variant '${last}' when it is off, which reads as on; say which one is off, e.g. ${place.inData ? 'off' : 'offVariant'}: '${names[0]}'`,
    );
  }
  return last;
}

export function onVariant(names: readonly string[], off: string): string {
  const candidates = names.filter((name) => name !== off);
  return candidates.find((name) => name.toLowerCase() === 'on') ?? candidates[0] ?? off;
}

function wrong(place: Place, problem: string): GatekeeperError {
  return place.error(problem, 'variants');
}
