import type {} from '../gatekeeper-flags.js';
import { CheckoutButton } from './checkout-button.js';
import { ExpressCheckout } from './express-checkout.js';
import { FreeShipping } from './free-shipping.js';
import { Recommendations } from './recommendations.js';
import { StockLevel } from './stock-level.js';

export const flags = [
  new Recommendations(),
  new ExpressCheckout({ overrides: { VISIBLE: [2] } }), // Bruno asked for it by letter
  new StockLevel({ overrides: { SHOWN: [3] } }), // Mei was promised a look
  new FreeShipping(),
  new CheckoutButton(),
] as const;

/*
 * From here on a misspelt flag or variant does not compile. The flags of flags.yaml are typed by gatekeeper-flags.d.ts, which
 * node dist/cli/main.js types --store file:demo-app/flags.yaml --out demo-app/gatekeeper-flags.d.ts
 * writes anew (in an app of your own: npx gatekeeper types).
 */
declare module 'express-gatekeeper' {
  interface Register {
    flags: typeof flags;
  }
}
