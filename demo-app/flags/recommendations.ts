import { type EvaluationContext, featureFlag } from 'express-gatekeeper';

export class Recommendations extends featureFlag({
  name: 'RECOMMENDATIONS',
  variants: ['VISIBLE', 'NOT_VISIBLE'],
  description: 'The shelf with three things that go well together',
}) {
  pickVariant({ isUser, app }: EvaluationContext) {
    return app?.get('env') === 'development' || isUser(1, 2, 3) ? 'VISIBLE' : 'NOT_VISIBLE';
  }
}
