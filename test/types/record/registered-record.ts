/** The same promises when the app registers a record of flags, and flags that are data beside them. */

import type { Request } from 'express';
import { type EvaluationContext, featureFlag } from 'express-gatekeeper';

class NewFeature extends featureFlag({ name: 'NEW_FEATURE', variants: ['VISIBLE', 'NOT_VISIBLE'] }) {
  pickVariant({ userId }: EvaluationContext) {
    return userId === undefined ? 'NOT_VISIBLE' : 'VISIBLE';
  }
}

export const flags = { newFeature: new NewFeature() };

export const definitions = {
  flags: {
    dark_mode: true,
    checkout: { variants: ['control', 'one_click'] },
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
    // @ts-expect-error: a comparison that can never be true
    gk.ffVariant('checkout') === 'two_clicks',
    // @ts-expect-error: no such flag
    gk.ffVariant('dark-mode'),
  ];
}
