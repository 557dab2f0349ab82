import { type EvaluationContext, featureFlag } from 'express-gatekeeper';

/** A flag that carries a value: the basket, in cents, from which we pay the postage. */
export class FreeShipping extends featureFlag({
  name: 'FREE_SHIPPING',
  variants: { ALWAYS: 0, WELCOME: 3000, STANDARD: 6000 },
  offVariant: 'STANDARD',
  description: 'From which basket on shipping is free',
}) {
  pickVariant({ attributes }: EvaluationContext) {
    if (attributes['plan'] === 'premium') return 'ALWAYS';
    return attributes['joined'] === 'this week' ? 'WELCOME' : 'STANDARD';
  }
}
