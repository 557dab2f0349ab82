import { type EvaluationContext, featureFlag } from 'express-gatekeeper';

/** An experiment in words. Bucketed by browser, so that logging in on the way to the till does not change the sign on it. */
export class CheckoutButton extends featureFlag({
  name: 'CHECKOUT_BUTTON',
  variants: ['PLAIN', 'WARM', 'SURE'],
  offVariant: 'PLAIN',
  kind: 'experiment',
  bucketBy: 'anonymousId',
  description: 'What the button under the basket says',
}) {
  pickVariant(context: EvaluationContext) {
    return this.split(context, { PLAIN: 2, WARM: 1, SURE: 1 }) ?? 'PLAIN';
  }
}
