import type { FlagDefinition, RuleDefinition } from './schema.js';
import type { ServeDefinition } from './serve-schema.js';

/** The maps of other tools, as {@link foreignFields} has checked them. */
export interface ForeignFields {
  readonly percentage?: number | undefined;
  readonly rollout_percentage?: number | undefined;
  readonly users?: readonly (string | number)[] | undefined;
  readonly target_users?: readonly (string | number)[] | undefined;
  readonly allowed_users?: readonly (string | number)[] | undefined;
  readonly target?: readonly RuleDefinition['when'][] | undefined;
}

/** On for a percentage of users. */
export function percentageOnly(percentage: number): FlagDefinition {
  return { serve: { percentage } };
}

/** On for listed users, and for nobody else. */
export function usersOnly(userIds: readonly (string | number)[]): FlagDefinition {
  return { rules: [listedUsers(userIds)] };
}

/**
 * What such a map means: whoever is listed or targeted gets the flag, everyone else falls to the percentage; with somebody
 * targeted and no percentage everyone else is off.
 */
export function fromForeign(fields: ForeignFields): Pick<FlagDefinition, 'rules' | 'serve'> {
  const { percentage = fields.rollout_percentage, target } = fields;
  const listed = [...(fields.users ?? []), ...(fields.target_users ?? []), ...(fields.allowed_users ?? [])];
  const rules: RuleDefinition[] = [];
  if (fields.users !== undefined || fields.target_users !== undefined || fields.allowed_users !== undefined) {
    rules.push(listedUsers(listed));
  }
  if (target !== undefined) {
    rules.push(...target.map((when, index) => ({ name: `target ${index + 1}`, when })));
  }
  const serve: ServeDefinition | undefined = percentage === undefined ? undefined : { percentage };
  return {
    ...(rules.length > 0 || target !== undefined ? { rules } : {}),
    ...(serve === undefined ? {} : { serve }),
  };
}

function listedUsers(userIds: readonly (string | number)[]): RuleDefinition {
  // In a list by itself * would stand for anything.
  const hasStar = userIds.some((id) => typeof id === 'string' && id.includes('*'));
  return { name: 'listed users', when: { userId: hasStar ? { oneOf: [...userIds] } : [...userIds] } };
}
