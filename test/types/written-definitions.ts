/**
 * The same promises for flags that live in a file, declared in `gatekeeper-flags.d.ts`. They stand beside the classes of
 * `registered-flags.ts`, as in an app that has both.
 */

import type { Request } from 'express';
import { flag, requireFlag } from 'express-gatekeeper';
import type { Equal, same } from './equal.js';

export function reads({ gk }: Request): readonly unknown[] {
  return [
    gk.ff('dark_mode', 'on'),
    gk.isEnabled('rollout'),
    gk.ffVariant('testers') === 'off',
    gk.ffVariant('checkout/express-pay') === 'wallet',
    gk.details('page_limit').variant === 'many',
    gk.forUser(7).ff('checkout/express-pay', 'one_click'),
    gk.setBrowserOverrideVariant('theme', 'fancy'),
    flag('then'),
    requireFlag('beta', 'yes'),
  ];
}

export function values({ gk }: Request, check: typeof same): void {
  const dark = gk.value('dark_mode', false);
  check<Equal<typeof dark, boolean>>();
  const rollout = gk.value('rollout', true);
  check<Equal<typeof rollout, boolean>>();
  const beta = gk.value('beta', false);
  check<Equal<typeof beta, boolean>>();
  const limit = gk.value('page_limit', 25);
  check<Equal<typeof limit, number>>();
  const pay = gk.value('checkout/express-pay', 'control');
  check<Equal<typeof pay, 'control' | 'one_click' | 'wallet'>>();
  const { color, wide } = gk.value('theme', { color: 'grey', wide: false });
  check<Equal<typeof color, 'grey' | 'gold'>>();
  check<Equal<typeof wide, boolean>>();
}

export function matches({ gk }: Request, check: typeof same, count: number, text: string): void {
  const width = gk.match('dark_mode', { on: () => count, off: () => text });
  check<Equal<typeof width, number | string>>();
  const page = gk.match('checkout/express-pay', {
    control: () => null,
    one_click: async () => count,
    wallet: () => [text],
  });
  check<Equal<typeof page, null | Promise<number> | string[]>>();
}

export function wrongReads({ gk }: Request): readonly unknown[] {
  return [
    // @ts-expect-error: a flag without variants is on or off
    gk.ff('dark_mode', 'ON'),
    // @ts-expect-error: a flag that is a percentage is on or off
    gk.ff('rollout', '20'),
    // @ts-expect-error: a comparison that can never be true
    gk.ffVariant('checkout/express-pay') === 'two_clicks',
    // @ts-expect-error: another flag's variant
    gk.setBrowserOverrideVariant('theme', 'many'),
    // @ts-expect-error: the default is of another type
    gk.value('page_limit', '25'),
    // @ts-expect-error: the default is of another type
    gk.value('dark_mode', 'off'),
    // @ts-expect-error: the default is no value of the flag
    gk.value('checkout/express-pay', 'two_clicks'),
    // @ts-expect-error: a case is missing
    gk.match('checkout/express-pay', { control: () => 1, wallet: () => 2 }),
    // @ts-expect-error: a case too many
    gk.match('dark_mode', { on: () => 1, off: () => 2, dim: () => 3 }),
    // @ts-expect-error: no such flag
    gk.isEnabled('darkmode'),
  ];
}

/** NEW_FEATURE is in the file too: there it looks like a boolean, but the class says what it is. */
export function sameName({ gk }: Request, check: typeof same): readonly unknown[] {
  const variant = gk.ffVariant('NEW_FEATURE');
  check<Equal<typeof variant, 'VISIBLE' | 'NOT_VISIBLE' | null>>();
  return [
    gk.ff('NEW_FEATURE', 'VISIBLE'),
    gk.match('NEW_FEATURE', { VISIBLE: () => 1, NOT_VISIBLE: () => 2 }),
    // @ts-expect-error: the class has no such variant
    gk.ff('NEW_FEATURE', 'on'),
    // @ts-expect-error: the class carries no booleans
    gk.value('NEW_FEATURE', false),
  ];
}
