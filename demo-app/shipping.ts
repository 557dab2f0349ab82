import type { Request } from 'express';
import { type Totals, totals } from './basket.js';

/** The threshold is the flag's value; if anything is wrong with the flag, the shop charges what it always did. */
export function basketTotals(req: Request, basket = req.session.basket ?? {}): Totals {
  return totals(basket, req.gk.value('FREE_SHIPPING', 6000));
}

/** `match` wants a sentence for every variant: add a fourth to the flag, and this no longer compiles. */
export function shippingOffer(req: Request): string {
  return req.gk.match('FREE_SHIPPING', {
    ALWAYS: () => 'Premium: everything ships free.',
    WELCOME: () => 'Welcome! In your first week shipping is free from €30.',
    STANDARD: () => 'Free shipping from €60.',
  });
}
