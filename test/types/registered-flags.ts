/**
 * Held by the compiler: `npm run typecheck` fails when a line marked as an error compiles. The types are the ones that
 * are shipped, from `dist/`. A program has one `Register`, so each way to register has a folder of its own; this one
 * registers a list of classes here, and flags of a file in `written-definitions.ts`.
 */

import type { Request } from 'express';
import { type EvaluationContext, featureFlag } from 'express-gatekeeper';
import type { Equal, same } from './equal.js';

class NewFeature extends featureFlag({ name: 'NEW_FEATURE', variants: ['VISIBLE', 'NOT_VISIBLE'] }) {
  pickVariant({ isUser }: EvaluationContext) {
    return isUser(1, '2') ? 'VISIBLE' : 'NOT_VISIBLE';
  }
}

class PageSize extends featureFlag({ name: 'page-size', variants: { small: 10, large: 50 }, offVariant: 'small' }) {
  pickVariant(_context: EvaluationContext): 'small' | 'large' {
    return 'large';
  }
}

class Cheap extends featureFlag({ name: 'CHEAP', variants: { yes: true, no: false }, offVariant: 'no' }) {
  pickVariant(): 'yes' | 'no' {
    return 'no';
  }
}

export const flags = [new NewFeature({ overrides: { VISIBLE: [42, '43'] } }), new PageSize(), new Cheap()] as const;

declare module 'express-gatekeeper' {
  interface Register {
    flags: typeof flags;
  }
}

export class WrongPick extends featureFlag({ name: 'WRONG_PICK', variants: ['VISIBLE', 'NOT_VISIBLE'] }) {
  // @ts-expect-error: pickVariant returns a variant that is not listed
  pickVariant(_context: EvaluationContext) {
    return 'WRONG';
  }
}

// @ts-expect-error: the off variant is not listed
featureFlag({ name: 'WRONG_OFF', variants: ['VISIBLE', 'NOT_VISIBLE'], offVariant: 'WRONG' });

// @ts-expect-error: the off variant is none of the names
featureFlag({ name: 'WRONG_OFF', variants: { small: 10, large: 50 }, offVariant: 'WRONG' });

// @ts-expect-error: an override for a variant that is not listed
new NewFeature({ overrides: { WRONG: [42] } });

// @ts-expect-error: the factory's class is abstract until it has a pickVariant
new (featureFlag({ name: 'NO_PICK', variants: ['A', 'B'] }))();

export function reads({ gk }: Request): readonly unknown[] {
  const variant = gk.ffVariant('NEW_FEATURE');
  const size: number = gk.value('page-size', 20);
  const word: string = gk.match('NEW_FEATURE', { VISIBLE: () => 'shown', NOT_VISIBLE: () => 'hidden' });
  return [
    gk.ff('NEW_FEATURE', 'VISIBLE'),
    gk.featureFlag('page-size', 'large'),
    variant === 'NOT_VISIBLE',
    gk.getFeatureFlagVariant('page-size', 7) === 'small',
    gk.value('NEW_FEATURE', 'VISIBLE'),
    gk.isEnabled('page-size'),
    size,
    word,
  ];
}

/** Any boolean or number will do as a default and may come back; a string is one of the flag's own. */
export function values({ gk }: Request, check: typeof same, fallback: boolean): void {
  const cheap = gk.value('CHEAP', true);
  check<Equal<typeof cheap, boolean>>();
  const either = gk.value('CHEAP', fallback);
  check<Equal<typeof either, boolean>>();
  const size = gk.value('page-size', 20);
  check<Equal<typeof size, number>>();
  const name = gk.value('NEW_FEATURE', 'VISIBLE');
  check<Equal<typeof name, 'VISIBLE' | 'NOT_VISIBLE'>>();
  const { value } = gk.details('page-size');
  check<Equal<typeof value, number | undefined>>();
}

/** What comes back is what one of the cases gives. */
export function matches({ gk }: Request, check: typeof same, count: number, text: string): void {
  const one = gk.match('NEW_FEATURE', { VISIBLE: () => count, NOT_VISIBLE: () => text });
  check<Equal<typeof one, number | string>>();
  const pages = gk.match('page-size', { small: async () => [text], large: () => new Map<string, number>() });
  check<Equal<typeof pages, Promise<string[]> | Map<string, number>>>();
}

export function wrongReads({ gk }: Request): readonly unknown[] {
  return [
    // @ts-expect-error: no such variant
    gk.ff('NEW_FEATURE', 'WRONG'),
    // @ts-expect-error: another flag's variant
    gk.featureFlag('NEW_FEATURE', 'large'),
    // @ts-expect-error: a comparison that can never be true
    gk.ffVariant('NEW_FEATURE') === 'WRONG',
    // @ts-expect-error: a comparison that can never be true
    gk.getFeatureFlagVariant('page-size') === 'VISIBLE',
    // @ts-expect-error: the default is no value of the flag
    gk.value('NEW_FEATURE', 'WRONG'),
    // @ts-expect-error: the default is of another type
    gk.value('page-size', 'small'),
    // @ts-expect-error: the default is of another type
    gk.value('CHEAP', 'yes'),
    // @ts-expect-error: a case is no function
    gk.match('NEW_FEATURE', { VISIBLE: 1, NOT_VISIBLE: 2 }),
    // @ts-expect-error: a case is missing
    gk.match('NEW_FEATURE', { VISIBLE: () => 1 }),
    // @ts-expect-error: a case too many
    gk.match('NEW_FEATURE', { VISIBLE: () => 1, NOT_VISIBLE: () => 2, WRONG: () => 3 }),
  ];
}

export function unknownNames({ gk }: Request): readonly unknown[] {
  return [
    // @ts-expect-error: no such flag
    gk.ff('NEW_FAETURE', 'VISIBLE'),
    // @ts-expect-error: no such flag
    gk.ffVariant('NEW_FAETURE'),
    // @ts-expect-error: no such flag
    gk.isEnabled('NEW_FAETURE'),
    // @ts-expect-error: no such flag
    gk.value('NEW_FAETURE', true),
    // @ts-expect-error: no such flag
    gk.explain('NEW_FAETURE'),
    // @ts-expect-error: no such flag
    gk.setBrowserOverrideVariant('NEW_FAETURE', 'VISIBLE'),
  ];
}

export function browserOverrides({ gk }: Request): readonly boolean[] {
  return [
    gk.setBrowserOverrideVariant('NEW_FEATURE', 'VISIBLE'),
    gk.setBrowserOverrideVariant('NEW_FEATURE', ''),
    // @ts-expect-error: no such variant
    gk.setBrowserOverrideVariant('NEW_FEATURE', 'WRONG'),
  ];
}
