import { type EvaluationContext, featureFlag, gatekeeper } from 'express-gatekeeper';
import { describe, expect, it } from 'vitest';

class Offer extends featureFlag({ name: 'OFFER', variants: ['SHOWN', 'HIDDEN'] }) {
  constructor(private readonly condition: object) {
    super();
  }

  pickVariant(context: EvaluationContext) {
    return this.matches(context, this.condition as Record<string, unknown>) ? 'SHOWN' : 'HIDDEN';
  }
}

/** What somebody gets whose offer hangs on a condition. */
function offered(condition: object, who: object, definitions: object = {}): string | null {
  const messages: string[] = [];
  const gk = gatekeeper({
    flags: [new Offer(condition)],
    definitions: { flags: {}, ...definitions },
    logger: { warn: (text) => void messages.push(text), error: (text) => void messages.push(text) },
  });
  const variant = gk.for(who).ffVariant('OFFER');
  return messages.length > 0 ? (messages[0] ?? null) : variant;
}

describe('this.matches(context, condition)', () => {
  it('asks for attributes as a definition does, wildcards, lists and operators included', () => {
    const condition = { email: '*@company.com', country: ['SE', 'NO'], age: { gte: 18 } };
    const user = { email: 'ada@company.com', country: 'SE', age: 36 };
    expect(offered(condition, { userId: 1, attributes: user })).toBe('SHOWN');
    expect(offered(condition, { userId: 1, attributes: { ...user, age: 17 } })).toBe('HIDDEN');
    expect(offered(condition, { userId: 1, attributes: { ...user, age: undefined } })).toBe('HIDDEN');
  });

  it('asks for segments and other flags as they stand', () => {
    const definitions = { flags: { dark: true }, segments: { beta: [7] } };
    const condition = { segment: 'beta', flag: { dark: 'on' } };
    expect(offered(condition, { userId: 7 }, definitions)).toBe('SHOWN');
    expect(offered(condition, { userId: 8 }, definitions)).toBe('HIDDEN');
    expect(offered(condition, { userId: 7 })).toBe('HIDDEN');
  });

  it('turns what is no condition into the off variant, and says what to mend', () => {
    expect(offered({ age: { gtee: 18 } }, { userId: 1 })).toContain('"gtee"; did you mean \'gte\'?');
  });

  it('works for a context that a test of the app wrote down by hand', () => {
    const context = { userId: 1, attributes: { plan: 'premium' } } as unknown as EvaluationContext;
    expect(new Offer({ plan: 'premium' }).pickVariant(context)).toBe('SHOWN');
    expect(new Offer({ plan: 'basic' }).pickVariant(context)).toBe('HIDDEN');
  });
});
