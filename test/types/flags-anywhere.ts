/** The same promises where there is no `req.gk`: `flag()`, `requireFlag()`, `gk.for()` and `overrideFlags()`. */

import { flag, gatekeeper, type RequestGatekeeper, requireFlag } from 'express-gatekeeper';
import { type FlagVariants, overrideFlags } from 'express-gatekeeper/testing';
import type { Equal, same } from './equal.js';
import { flags } from './registered-flags.js';

const gk = gatekeeper({ flags });

export const asked: readonly boolean[] = [
  flag('NEW_FEATURE'),
  flag('NEW_FEATURE', 'VISIBLE'),
  flag('page-size', 'large'),
  gk.for({ userId: 7, attributes: { plan: 'free' } }).ff('NEW_FEATURE', 'VISIBLE'),
  // @ts-expect-error: no such flag
  flag('NEW_FAETURE'),
  // @ts-expect-error: no such variant
  flag('NEW_FEATURE', 'WRONG'),
  // @ts-expect-error: another flag's variant
  flag('page-size', 'VISIBLE'),
  // @ts-expect-error: no such variant
  gk.for({ userId: 7 }).ff('NEW_FEATURE', 'WRONG'),
];

export const guards = [
  requireFlag('NEW_FEATURE', 'VISIBLE'),
  requireFlag('page-size', 'small', { otherwise: 'nextRoute' }),
  requireFlag('page-size', 'small', { otherwise: (_req, res) => void res.redirect('/') }),
  // @ts-expect-error: no such flag
  requireFlag('NEW_FAETURE', 'VISIBLE'),
  // @ts-expect-error: no such variant
  requireFlag('NEW_FEATURE', 'WRONG'),
  // @ts-expect-error: the variant is missing
  requireFlag('NEW_FEATURE'),
  // @ts-expect-error: no such way to go on
  requireFlag('NEW_FEATURE', 'VISIBLE', { otherwise: 'next' }),
];

export const wrongOverrides: readonly FlagVariants[] = [
  { NEW_FEATURE: 'VISIBLE', 'page-size': 'large', dark_mode: 'off' },
  {},
  // @ts-expect-error: no such flag
  { NEW_FAETURE: 'VISIBLE' },
  // @ts-expect-error: no such variant
  { NEW_FEATURE: 'WRONG' },
  // @ts-expect-error: a variant has a name; this is its value
  { 'page-size': 10 },
  // @ts-expect-error: a flag's variant may be left out, but not be nothing
  { NEW_FEATURE: undefined },
];

export async function overrides(check: typeof same): Promise<void> {
  const restore = overrideFlags(gk, { NEW_FEATURE: 'VISIBLE' });
  check<Equal<typeof restore, () => void>>();
  const word = overrideFlags(gk, { NEW_FEATURE: 'VISIBLE' }, () => 'word');
  check<Equal<typeof word, string>>();
  const later = overrideFlags(gk, { NEW_FEATURE: 'VISIBLE' }, async () => 7);
  check<Equal<typeof later, Promise<number>>>();
  // @ts-expect-error: no such variant
  overrideFlags(gk, { NEW_FEATURE: 'WRONG' });
  // @ts-expect-error: no such flag
  overrideFlags(gk, { NEW_FAETURE: 'VISIBLE' }, () => undefined);
  // @ts-expect-error: the flags are missing
  overrideFlags(gk);
}

export function notTheMiddleware(reader: RequestGatekeeper): void {
  // @ts-expect-error: this takes the middleware
  overrideFlags(reader, { NEW_FEATURE: 'VISIBLE' });
}
