import { shown } from '../../errors.js';
import { didYouMean } from '../closest.js';
import type { ConditionDefinition, FlagVariants, Test } from '../definition/condition-schema.js';
import { LIMITS } from '../definition/limits.js';
import type { Place } from '../place.js';
import { compileAttribute } from './compile-attribute.js';
import type { Condition } from './condition.js';
import { All, Any, Not, Unusable } from './groups.js';
import { FlagServes, InSegment } from './references.js';

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
      return compileAttribute(key, value as Test, place);
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
