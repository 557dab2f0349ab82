import { GatekeeperError, shown } from '../errors.js';
import type { Allocation } from './allocations/allocation.js';
import { Fixed } from './allocations/fixed.js';
import { Outcome, type Reason } from './details.js';
import { frozenCopy } from './json-value.js';
import { hasUnsafeCharacters } from './names.js';
import type { Place } from './place.js';

/** A closed list of variant names, or a map of variant name → the value it carries. */
export type Variants = readonly string[] | Readonly<Record<string, unknown>>;

/** The names of `V`. */
export type NameOf<V> = V extends readonly (infer Name extends string)[] ? Name : keyof V & string;

/** The values of `V`: a variant without a value carries its own name. */
export type ValueOf<V> = V extends readonly (infer Name)[] ? Name : V[keyof V];

/** A last-listed variant with such a name is surely not meant to be served when a flag is off. */
const READS_AS_ON = /^(on|true|yes|enabled?|active|activated|visible|shown?|allow(ed)?|open|live|treatment)$/i;

/** The variants of one flag, checked, with its off and on variant found. */
export class VariantSet {
  readonly names: readonly string[];
  readonly off: string;
  readonly on: string;
  /** The off variant because the flag is switched off. */
  readonly disabled: Outcome;
  /** The off variant because code failed. */
  readonly failed: Outcome;
  readonly #values: ReadonlyMap<string, unknown>;
  readonly #outcomes = new Map<Reason, ReadonlyMap<string, Outcome>>();
  readonly #fixed = new Map<string, Allocation>();

  /**
   * @param place the flag, as it should be named in messages
   * @throws GatekeeperError `INVALID_FLAG` when the variants are empty, repeated, of mixed types, or no off variant can be told
   */
  constructor(variants: unknown, off: unknown, place: Place | string) {
    this.#values = new Map(entriesOf(variants, place).map(([name, value]) => [name, frozenCopy(value)]));
    this.names = [...this.#values.keys()];
    if (this.names.length < 2) {
      throw invalid(place, `has ${this.names.length} variant; a flag decides between at least two, e.g. ['ON', 'OFF']`);
    }
    checkOneType(this.#values, place);
    this.off = offVariant(this.#values, off, place);
    this.on = onVariant(this.names, this.off);
    this.disabled = this.outcome(this.off, 'DISABLED');
    this.failed = new Outcome(this.off, this.#values.get(this.off), 'ERROR', undefined, 'GENERAL');
  }

  has(variant: unknown): variant is string {
    return typeof variant === 'string' && this.#values.has(variant);
  }

  value(variant: string): unknown {
    return this.#values.get(variant);
  }

  /** The outcomes of all variants for one reason; the same objects at every call. */
  outcomes(reason: Reason): ReadonlyMap<string, Outcome> {
    let outcomes = this.#outcomes.get(reason);
    if (outcomes === undefined) {
      outcomes = new Map([...this.#values].map(([name, value]) => [name, new Outcome(name, value, reason)]));
      this.#outcomes.set(reason, outcomes);
    }
    return outcomes;
  }

  /** @throws RangeError when `variant` is not one of the set: callers check names first, with the place at hand */
  outcome(variant: string, reason: Reason): Outcome {
    const outcome = this.outcomes(reason).get(variant);
    if (outcome === undefined) throw new RangeError(`no variant ${shown(variant)}`);
    return outcome;
  }

  /** This variant for everybody; the same object at every call, as most flags are plain switches. */
  everyone(variant: string): Allocation {
    let allocation = this.#fixed.get(variant);
    if (allocation === undefined) {
      allocation = new Fixed(this.outcome(variant, 'STATIC'));
      this.#fixed.set(variant, allocation);
    }
    return allocation;
  }

  /** The variants for a message: `'ON', 'OFF'`. */
  toString(): string {
    return listed(this.names);
  }
}

function listed(names: readonly string[]): string {
  return names.map((name) => `'${name}'`).join(', ');
}

function entriesOf(variants: unknown, place: Place | string): [string, unknown][] {
  if (Array.isArray(variants)) {
    for (const [index, name] of variants.entries()) {
      checkName(name, place);
      if (variants.indexOf(name) < index) {
        throw invalid(place, `lists the variant ${shown(name)} twice; remove one of them`);
      }
    }
    return variants.map((name: string) => [name, name]);
  }
  if (typeof variants === 'object' && variants !== null) {
    for (const name of Object.keys(variants)) checkName(name, place);
    return Object.entries(variants);
  }
  throw invalid(
    place,
    `has ${shown(variants)} for its variants; give a list of names, e.g. ['ON', 'OFF'], or a map of name → value`,
  );
}

function checkName(name: unknown, place: Place | string): void {
  if (typeof name !== 'string')
    throw invalid(place, `has the variant ${shown(name)}; the name of a variant is a string`);
  if (name.trim() === '') throw invalid(place, 'has an empty variant; the empty name is reserved for "no override"');
  if (name !== name.trim() || name.length > 100 || hasUnsafeCharacters(name)) {
    throw invalid(
      place,
      `has the variant ${shown(name)}; use at most 100 characters, without control characters or spaces around them`,
    );
  }
}

function checkOneType(values: ReadonlyMap<string, unknown>, place: Place | string): void {
  const kinds = new Map([...values].map(([name, value]) => [value === null ? 'object' : typeof value, name]));
  for (const [kind, name] of kinds) {
    if (!['boolean', 'string', 'number', 'object'].includes(kind)) {
      throw invalid(place, `gives its variant '${name}' a ${kind}; a value is a boolean, a string, a number or JSON`);
    }
  }
  if (kinds.size > 1) {
    throw invalid(
      place,
      `mixes values of different types (${[...kinds.keys()].join(', ')}); all variants of a flag carry one type`,
    );
  }
}

function offVariant(values: ReadonlyMap<string, unknown>, given: unknown, place: Place | string): string {
  const names = [...values.keys()];
  if (given !== undefined) {
    if (typeof given === 'string' && names.includes(given)) return given;
    throw invalid(place, `names ${shown(given)} as its off variant, which is not one of ${listed(names)}`);
  }
  const named = names.find((name) => /^(off|control)$/i.test(name));
  if (named !== undefined) return named;
  const last = names.at(-1) ?? '';
  if (READS_AS_ON.test(last) || values.get(last) === true) {
    throw invalid(
      place,
      `would serve its last variant '${last}' when it is off, which reads as on; say which one is off, e.g. offVariant: '${names[0]}'`,
    );
  }
  return last;
}

function onVariant(names: readonly string[], off: string): string {
  const candidates = names.filter((name) => name !== off);
  return candidates.find((name) => name.toLowerCase() === 'on') ?? candidates[0] ?? off;
}

function invalid(place: Place | string, problem: string): GatekeeperError {
  return new GatekeeperError('INVALID_FLAG', `${place} ${problem}.`);
}

/** A flag without variants of its own is boolean. Shared: ten thousand plain switches need one set. */
export const BOOLEAN_VARIANTS = new VariantSet({ on: true, off: false }, undefined, 'A boolean flag');

/** Gives flags with the same variants the same set: of ten thousand flags most have one of a few. */
export class VariantSets {
  readonly #sets = new Map<string, VariantSet>();

  /** @throws GatekeeperError `INVALID_FLAG` as {@link VariantSet} */
  of(variants: unknown, off: string | undefined, place: Place): VariantSet {
    const key = JSON.stringify([variants, off]);
    let set = this.#sets.get(key);
    if (set === undefined) {
      set = new VariantSet(variants, off, place);
      this.#sets.set(key, set);
    }
    return set;
  }
}
