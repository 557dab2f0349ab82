import { type EvaluationContext, featureFlag } from 'express-gatekeeper';

export class StockLevel extends featureFlag({
  name: 'STOCK_LEVEL',
  variants: ['SHOWN', 'HIDDEN'],
  description: 'How many are left: on the product page, and as a field of the JSON API',
}) {
  pickVariant({ attributes }: EvaluationContext) {
    return attributes['plan'] === 'premium' ? 'SHOWN' : 'HIDDEN';
  }
}
