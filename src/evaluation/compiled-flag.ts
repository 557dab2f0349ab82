import type { Allocation } from './allocation.js';
import type { Condition } from './condition.js';
import type { Outcome } from './details.js';
import type { FeatureFlagConfig } from './flag-config.js';
import type { VariantSet } from './variants.js';

/** Serves something to those who match its condition. */
export interface CompiledRule {
  readonly name: string;
  readonly condition: Condition;
  readonly allocation: Allocation;
}

/** A flag made ready to be decided: checked, its lists turned into sets, its outcomes laid out. */
export interface CompiledFlag {
  readonly name: string;
  /** The app's instance, for a flag that is a class. */
  readonly config: FeatureFlagConfig | undefined;
  readonly description: string | undefined;
  readonly variants: VariantSet;
  readonly killed: boolean;
  readonly enabled: boolean;
  /** Whether browser overrides may decide. */
  readonly overridable: boolean;
  /** User key → what that user is pinned to. */
  readonly userOverrides: ReadonlyMap<string, Outcome> | undefined;
  readonly rules: readonly CompiledRule[];
  readonly allocation: Allocation;
}
