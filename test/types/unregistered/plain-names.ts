/** Without `Register` names are plain strings, and a plain class needs no factory. */

import type { Request } from 'express';
import { type EvaluationContext, FeatureFlagConfig } from 'express-gatekeeper';

export class Plain extends FeatureFlagConfig {
  readonly flagName = 'PLAIN';
  readonly variants = ['A', 'B'];
  override readonly description = 'Written without the factory';
  pickVariant(_context: EvaluationContext): string {
    return 'A';
  }
}

export function reads({ gk }: Request, name: string): readonly unknown[] {
  const variant: string | null = gk.ffVariant(name);
  return [variant, gk.ff('ANY', 'THING'), gk.isEnabled(name), gk.value(name, 3), gk.match(name, { A: () => 1 })];
}

export function wrongReads({ gk }: Request): readonly unknown[] {
  return [
    // @ts-expect-error: a variant's name is a string
    gk.ff('PLAIN', 1),
    // @ts-expect-error: a flag's name is a string
    gk.isEnabled(7),
  ];
}
