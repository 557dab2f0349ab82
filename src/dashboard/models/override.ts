import type { BrowserFlags } from '../answer.js';
import { anchorOf } from './links.js';

/** A flag that this browser is set to a variant of. */
export interface Override {
  readonly flag: string;
  readonly variant: string;
  readonly anchor: string;
}

/** The overrides of this browser, by flag. */
export function overridesOf(gk: BrowserFlags): ReadonlyMap<string, Override> {
  const variants = Object.entries(gk.getBrowserOverrideVariants());
  return new Map(variants.map(([flag, variant]) => [flag, { flag, variant, anchor: anchorOf(flag) }]));
}
