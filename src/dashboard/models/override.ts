import type { RequestGatekeeper } from '../../express/request-gatekeeper.js';
import { anchorOf } from './anchor.js';

/** A flag that this browser is set to a variant of. */
export interface Override {
  readonly flag: string;
  readonly variant: string;
  readonly anchor: string;
}

/** The overrides of this browser, by flag. */
export function overridesOf(gk: RequestGatekeeper): ReadonlyMap<string, Override> {
  const variants = Object.entries(gk.getBrowserOverrideVariants());
  return new Map(variants.map(([flag, variant]) => [flag, { flag, variant, anchor: anchorOf(flag) }]));
}
