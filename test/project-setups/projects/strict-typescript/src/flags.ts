import { type EvaluationContext, featureFlag } from 'express-gatekeeper';

class Greeting extends featureFlag({ name: 'GREETING', variants: ['WARM', 'COOL'] }) {
  pickVariant({ isUser }: EvaluationContext) {
    return isUser(7) ? 'WARM' : 'COOL';
  }
}

export const flags = [new Greeting({ overrides: { WARM: [8] } })] as const;

declare module 'express-gatekeeper' {
  interface Register {
    flags: typeof flags;
  }
}
