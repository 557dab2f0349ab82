import { CheckoutButton } from './checkout-button.js';
import type { definitions } from './definitions.js';
import { ExpressCheckout } from './express-checkout.js';
import { FreeShipping } from './free-shipping.js';
import { Recommendations } from './recommendations.js';
import { StockLevel } from './stock-level.js';

export { definitions } from './definitions.js';

export const flags = [
  new Recommendations(),
  new ExpressCheckout({ overrides: { VISIBLE: [2] } }), // Bruno asked for it by letter
  new StockLevel({ overrides: { SHOWN: [3] } }), // Mei was promised a look
  new FreeShipping(),
  new CheckoutButton(),
] as const;

// From here on a misspelt flag or variant does not compile.
declare module 'express-gatekeeper' {
  interface Register {
    flags: typeof flags;
    definitions: typeof definitions;
  }
}
