import type { ConditionDefinition } from './condition-schema.js';

/** What may refer to others, and be referred to. */
export type Kind = 'flag' | 'segment';
export type Reference = readonly [Kind, string];

/** All flags and segments that a condition names, in groups too; one that is named twice is there twice. */
export function referencesIn(condition: ConditionDefinition): readonly Reference[] {
  const references: Reference[] = [];
  collect(condition, references);
  return references;
}

function collect({ all, any, not, segment, flag }: ConditionDefinition, into: Reference[]): void {
  if (all !== undefined) for (const part of all) collect(part, into);
  if (any !== undefined) for (const part of any) collect(part, into);
  if (not !== undefined) collect(not, into);
  if (segment !== undefined) for (const name of [segment].flat()) into.push(['segment', name]);
  if (flag !== undefined) for (const name of Object.keys(flag)) into.push(['flag', name]);
}
