import type { Allocation } from './allocations/allocation.js';
import type { Condition } from './conditions/condition.js';
import type { FlagDefinition } from './definition/schema.js';
import type { Outcome } from './details.js';
import type { FeatureFlagConfig } from './flag-config.js';
import type { VariantSet } from './variants.js';

/** Serves something to those who match its condition. */
export interface CompiledRule {
  readonly name: string;
  readonly condition: Condition;
  readonly allocation: Allocation;
}

/** What a definition says for people. The rest of it is compiled, and need not be kept. */
export type About = Pick<FlagDefinition, 'description' | 'kind' | 'owner' | 'expires' | 'tags'>;

/** A flag made ready to be decided: checked, its lists turned into sets, its outcomes laid out. */
export interface CompiledFlag {
  readonly name: string;
  /** The app's instance, for a flag that is a class. */
  readonly config: FeatureFlagConfig | undefined;
  /** What its data says it is about; `undefined` when there is none, or a shorthand. */
  readonly about: About | undefined;
  readonly variants: VariantSet;
  readonly killed: boolean;
  readonly enabled: boolean;
  /** Whether browser overrides may decide. */
  readonly overridable: boolean;
  /** User key → what that user is pinned to. */
  readonly userOverrides: ReadonlyMap<string, Outcome> | undefined;
  /** What other flags have to serve. */
  readonly prerequisites: Condition | undefined;
  readonly rules: readonly CompiledRule[];
  readonly allocation: Allocation;
  /** What everybody gets who is not overridden in a browser, when nothing about them has to be asked. */
  readonly constant: Outcome | undefined;
  /** Why its definition cannot be used. The flag then serves what it would without one. */
  readonly problem: string | undefined;
}

/** What a flag is about, as its data or else its class says. */
export function descriptionOf({ about, config }: CompiledFlag): string | undefined {
  return about?.description ?? config?.description;
}
