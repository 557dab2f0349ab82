/** The same promises when the app registers a record of flags, and flags that are data beside them. */

import type { Request } from 'express';
import { type EvaluationContext, featureFlag } from 'express-gatekeeper';
import type { Equal, same } from '../equal.js';

class NewFeature extends featureFlag({ name: 'NEW_FEATURE', variants: ['VISIBLE', 'NOT_VISIBLE'] }) {
  pickVariant({ userId }: EvaluationContext) {
    return userId === undefined ? 'NOT_VISIBLE' : 'VISIBLE';
  }
}

export const flags = { newFeature: new NewFeature() };

export const definitions = {
  flags: {
    dark_mode: true,
    rollout: 20,
    testers: [1, 'ann'],
    targeted: { rollout_percentage: 10, target: [{ plan: 'premium' }] },
    NEW_FEATURE: { serve: { percentage: 20 } },
    checkout: { variants: ['control', 'one_click'] },
    page_limit: { variants: { few: 10, many: 50 }, off: 'few' },
    beta: { variants: { yes: true, no: false }, off: 'no' },
  },
} as const;

declare module 'express-gatekeeper' {
  interface Register {
    flags: typeof flags;
    definitions: typeof definitions;
  }
}

export function reads({ gk }: Request): readonly unknown[] {
  return [
    gk.ff('NEW_FEATURE', 'VISIBLE'),
    gk.ff('dark_mode', 'on'),
    gk.value('dark_mode', false),
    gk.ffVariant('checkout') === 'one_click',
  ];
}

export function values({ gk }: Request, check: typeof same, count: number, text: string): void {
  const beta = gk.value('beta', true);
  check<Equal<typeof beta, boolean>>();
  const limit = gk.value('page_limit', 25);
  check<Equal<typeof limit, number>>();
  const rollout = gk.value('rollout', false);
  check<Equal<typeof rollout, boolean>>();
  const name = gk.value('checkout', 'control');
  check<Equal<typeof name, 'control' | 'one_click'>>();
  const matched = gk.match('testers', { on: () => count, off: () => text });
  check<Equal<typeof matched, number | string>>();
}

/** NEW_FEATURE is both: what is said about it as data does not change the variants of its class. */
export function sameName({ gk }: Request, check: typeof same): void {
  const variant = gk.ffVariant('NEW_FEATURE');
  check<Equal<typeof variant, 'VISIBLE' | 'NOT_VISIBLE' | null>>();
  // @ts-expect-error: the class has no such variant
  gk.ff('NEW_FEATURE', 'on');
}

export function wrongReads({ gk }: Request): readonly unknown[] {
  return [
    // @ts-expect-error: no such variant
    gk.ff('NEW_FEATURE', 'WRONG'),
    // @ts-expect-error: a flag goes by its own name, not by its key in the record
    gk.ff('newFeature', 'VISIBLE'),
    // @ts-expect-error: a flag without variants is on or off
    gk.ff('dark_mode', 'VISIBLE'),
    // @ts-expect-error: the default is of another type
    gk.value('dark_mode', 'no'),
    // @ts-expect-error: a list of users is on or off
    gk.ff('testers', 'ann'),
    // @ts-expect-error: a map without variants is on or off
    gk.match('targeted', { premium: () => 1, off: () => 2 }),
    // @ts-expect-error: a variant has a name; this is its value
    gk.ff('page_limit', 10),
    // @ts-expect-error: a comparison that can never be true
    gk.ffVariant('checkout') === 'two_clicks',
    // @ts-expect-error: no such flag
    gk.ffVariant('dark-mode'),
  ];
}
