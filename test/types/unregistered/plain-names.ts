/** Without `Register` names are plain strings, and a plain class needs no factory. */

import type { Request } from 'express';
import {
  type EvaluationContext,
  FeatureFlagConfig,
  flag,
  type Gatekeeper,
  type RequestGatekeeper,
  requireFlag,
} from 'express-gatekeeper';
import { overrideFlags } from 'express-gatekeeper/testing';
import type { Equal, same } from '../equal.js';

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

export function anywhere(gk: Gatekeeper, name: string): readonly unknown[] {
  return [flag(name), flag(name, 'B'), requireFlag(name, 'B'), overrideFlags(gk, { [name]: 'B', OTHER: 'on' })];
}

/** An unknown flag matches nothing, and a plain name may be one. */
export function matches(gk: RequestGatekeeper, check: typeof same, count: number, text: string): void {
  const matched = gk.match('PLAIN', { A: () => count, B: () => text });
  check<Equal<typeof matched, number | string | undefined>>();
}

/** What comes back is of the default's type: a value of another type never does. */
export function values(gk: RequestGatekeeper): readonly unknown[] {
  const limit: number = gk.value('limit', 20);
  const dark: boolean = gk.value('dark', false);
  const greeting: string = gk.value('greeting', 'Hello');
  return [limit, dark, greeting];
}

export function wrongReads({ gk }: Request): readonly unknown[] {
  return [
    // @ts-expect-error: a variant's name is a string
    gk.ff('PLAIN', 1),
    // @ts-expect-error: a flag's name is a string
    gk.isEnabled(7),
  ];
}
