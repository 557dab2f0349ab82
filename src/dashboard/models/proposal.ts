import type { FlagInput } from '../../evaluation/definition/schema.js';
import { writtenOut } from '../../evaluation/definition/written-out.js';
import { shortest, stillKilled } from '../../runtime/kills.js';
import { yamlOf } from '../editing/yaml-definition.js';
import { diffOf } from './diff.js';

/** Two changes in one. */
export interface Proposal {
  /** `both`: they touch different fields. `yours`: where they touch the same ones, yours is taken. `whole`: there is nothing left to add to. */
  readonly kind: 'both' | 'yours' | 'whole';
  /** The fields that both changed, each in another way. */
  readonly clashes: readonly string[];
  readonly yaml: string;
}

/**
 * Yours on top of theirs, field by field: what only one of the two touched is as that one made it.
 *
 * @param base what both started from
 */
export function proposalOf(base: FlagInput | null, theirs: FlagInput | null, yours: FlagInput): Proposal {
  if (theirs === null) return { kind: 'whole', clashes: [], yaml: yamlOf(yours) };
  const [was, other, own] = [fieldsOf(base), fieldsOf(theirs), fieldsOf(yours)];
  const merged: [string, unknown][] = [];
  const clashes: string[] = [];
  for (const field of new Set([...other.keys(), ...own.keys(), ...was.keys()])) {
    const [before, there, here] = [was.get(field), other.get(field), own.get(field)];
    const same = (one: unknown, other: unknown) => diffOf({ [field]: one }, { [field]: other }).kind === 'same';
    const mine = !same(before, here);
    if (mine && !same(before, there) && !same(there, here)) clashes.push(field);
    const value = mine ? here : there;
    if (value !== undefined) merged.push([field, value]);
  }
  const definition = stillKilled(theirs, shortest(Object.fromEntries(merged)));
  return { kind: clashes.length === 0 ? 'both' : 'yours', clashes, yaml: yamlOf(definition) };
}

/** Who gets the flag is one field, in whichever words. */
function fieldsOf(definition: FlagInput | null): ReadonlyMap<string, unknown> {
  return new Map(definition === null ? [] : Object.entries(writtenOut(definition)));
}
