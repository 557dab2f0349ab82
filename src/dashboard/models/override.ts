import type { BrowserFlags } from '../answer.js';
import { linkTo } from './links.js';

/** A flag that this browser is set to a variant of. */
export interface Override {
  readonly flag: string;
  readonly variant: string;
  /** Leads to the flag. */
  readonly link: string;
}

/** The overrides of this browser, by flag. */
export function overridesOf(gk: BrowserFlags): ReadonlyMap<string, Override> {
  const variants = Object.entries(gk.getBrowserOverrideVariants());
  return new Map(variants.map(([flag, variant]) => [flag, { flag, variant, link: linkTo(flag) }]));
}
