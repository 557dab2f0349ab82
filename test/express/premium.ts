import type { Request } from 'express';
import { type AnyFlag, forAttributes } from './flags.js';

interface Known {
  readonly user?: { readonly id?: string };
}

/** What a database would say about the user of a request. */
export function plan(req: Request): { plan: string } {
  const { user } = req as Known;
  return { plan: user?.id === 'ann' ? 'premium' : 'free' };
}

/** Three flags that are on for whoever has the premium plan, which is Ann. */
export const premium = (): AnyFlag[] =>
  ['A', 'B', 'C'].map((name) => forAttributes(name, ({ plan: is }) => is === 'premium'));
export const ANN = { 'X-User': 'ann' };
export const ALL_ON = { A: 'on', B: 'on', C: 'on' };
export const ALL_OFF = { A: 'off', B: 'off', C: 'off' };

/** The same flags as data. */
export const premiumAsData = {
  flags: Object.fromEntries(
    ['A', 'B', 'C'].map((name) => [name, { rules: [{ when: { plan: 'premium' } }], serve: 'off' }]),
  ),
};
