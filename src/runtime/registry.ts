import type { FeatureFlagConfig } from '../evaluation/flag-config.js';

const registered: FeatureFlagConfig[] = [];

/**
 * Registers flags for every later `gatekeeper()` that is not given `flags`. Checked when that is created.
 *
 * @example
 * ```ts
 * registerFlags(new MyNewFeature(), new OtherFeature());
 * ```
 */
export function registerFlags(...flags: readonly (FeatureFlagConfig | readonly FeatureFlagConfig[])[]): void {
  registered.push(...flags.flat());
}

export function registeredFlags(): readonly FeatureFlagConfig[] {
  return registered;
}
