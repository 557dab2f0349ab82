import { type EvaluationContext, featureFlag } from 'express-gatekeeper';

export class ExpressCheckout extends featureFlag({
  name: 'EXPRESS_CHECKOUT',
  variants: ['VISIBLE', 'NOT_VISIBLE'],
  description: 'Buy with one click, sent to the address we know',
}) {
  pickVariant({ isUser }: EvaluationContext) {
    return isUser(1) ? 'VISIBLE' : 'NOT_VISIBLE';
  }
}
