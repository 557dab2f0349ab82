import { type EvaluationContext, featureFlag, type FlagReader as Reader } from 'express-gatekeeper';
import { describe, expect, it } from 'vitest';
import { FlagReader } from '../../../src/evaluation/flag-reader.js';
import { Subject } from '../../../src/evaluation/subject.js';
import { aFlag } from '../a-flag.js';
import { aReader } from '../a-reader.js';
import { aSnapshot, aSource } from '../a-snapshot.js';

class Rollout extends featureFlag({ name: 'ROLLOUT', variants: ['IN', 'OUT'] }) {
  constructor(readonly percent: number) {
    super();
  }

  pickVariant(context: EvaluationContext) {
    return this.percentage(context, this.percent) ? 'IN' : 'OUT';
  }
}

class Trial extends featureFlag({ name: 'TRIAL', variants: ['A', 'B', 'NONE'] }) {
  pickVariant(context: EvaluationContext) {
    return context.isUser(7) ? 'NONE' : (this.split(context, { A: 1, B: 1 }) ?? 'NONE');
  }
}

describe('code that draws', () => {
  it('gets what data of the same name and percentage gets', () => {
    for (let userId = 0; userId < 50; userId += 1) {
      const code = aReader({ flags: [new Rollout(30)], userId });
      const data = aReader({
        definitions: { ROLLOUT: { variants: ['IN', 'OUT'], serve: { percentage: 30 } } },
        userId,
      });
      expect(code.details('ROLLOUT')).toEqual(data.details('ROLLOUT'));
    }
  });

  it('gets what data of the same name and split gets', () => {
    const TRIAL = { variants: ['A', 'B', 'NONE'], serve: { split: { A: 1, B: 1 } } };
    for (let userId = 8; userId < 50; userId += 1) {
      const [code, data] = [aReader({ flags: [new Trial()], userId }), aReader({ definitions: { TRIAL }, userId })];
      expect(code.details('TRIAL')).toEqual(data.details('TRIAL'));
    }
  });

  it('is said to have split only those whom it drew for', () => {
    const reasonFor = (userId: number) => aReader({ flags: [new Trial()], userId }).details('TRIAL').reason;
    expect([7, 8].map(reasonFor)).toEqual(['DEFAULT', 'SPLIT']);
  });

  it.each([
    [0, 'OUT'],
    [-1, 'OUT'],
    [100, 'IN'],
    [1000, 'IN'],
    [Number.NaN, 'OUT'],
  ])('gets the same for everyone, visitors included where no draw is needed, at %d %%', (percent, variant) => {
    expect(aReader({ flags: [new Rollout(percent)], userId: 1 }).ffVariant('ROLLOUT')).toBe(variant);
    expect(aReader({ flags: [new Rollout(percent)] }).ffVariant('ROLLOUT')).toBe(variant);
  });

  it('leaves out whoever has no unit', () => {
    expect(aReader({ flags: [new Rollout(99.999), new Trial()] }).all()).toEqual({ ROLLOUT: 'OUT', TRIAL: 'NONE' });
  });

  it('may change its weights from one call to the next', () => {
    const weights = { A: 1, B: 0 };
    class Moody extends featureFlag({ name: 'MOODY', variants: ['A', 'B', 'NONE'] }) {
      pickVariant(context: EvaluationContext) {
        return this.split(context, weights) ?? 'NONE';
      }
    }
    const flags = [new Moody()];
    const first = aReader({ flags, userId: 1 }).ffVariant('MOODY');
    Object.assign(weights, { A: 0, B: 1 });
    expect([first, aReader({ flags, userId: 1 }).ffVariant('MOODY')]).toEqual(['A', 'B']);
  });

  it('keeps a visitor’s draw through log-in when the flag is bucketed by the browser', () => {
    class Browser extends Subject {
      override get anonymousId(): string {
        return 'visitor-1';
      }
    }
    class Sticky extends featureFlag({ name: 'STICKY', variants: ['A', 'B'], bucketBy: 'anonymousId' }) {
      pickVariant(context: EvaluationContext) {
        return this.split(context, { A: 1, B: 1 }) ?? 'B';
      }
    }
    const source = aSource(aSnapshot({ configs: [new Sticky()] }));
    const variantFor = (userId?: number) => new FlagReader(new Browser(source, userId)).ffVariant('STICKY');
    expect(new Set([undefined, 1, 2, 3, 4, 5, 6, 7, 8].map(variantFor)).size).toBe(1);
  });

  it('keeps its reason when it asks another flag on the way', () => {
    const asked: { reader?: Reader } = {};
    class Nested extends featureFlag({ name: 'NESTED', variants: ['IN', 'OUT'] }) {
      pickVariant(context: EvaluationContext) {
        const inside = this.percentage(context, 50);
        return asked.reader?.ff('OTHER', 'on') && inside ? 'IN' : 'OUT';
      }
    }
    class Other extends featureFlag({ name: 'OTHER', variants: ['on', 'off'] }) {
      pickVariant(): 'on' {
        return 'on';
      }
    }
    asked.reader = aReader({ flags: [new Nested(), new Other()], userId: 1 });
    expect(asked.reader.details('NESTED').reason).toBe('SPLIT');
    expect(asked.reader.details('OTHER').reason).toBe('DEFAULT');
  });
});

describe('code that fails', () => {
  const explained = (pickVariant: () => string): string => {
    const flag = aFlag({ flagName: 'FLAG', pickVariant });
    return aReader({ flags: [flag] }).explain('FLAG').text;
  };

  it.each([
    ['no database', 'pickVariant threw: no database. The off variant OFF is served.'],
    ['There is no database.', 'threw: There is no database. The off variant OFF is served.'],
    ["; did you mean 'gt'?", "did you mean 'gt'? The off variant OFF is served."],
    ['Gone!', 'Gone! The off variant OFF is served.'],
  ])('is explained in whole sentences: %s', (message, expected) => {
    const text = explained(() => {
      throw new Error(message);
    });
    expect(text).toContain(expected);
  });

  it('is explained so too when it picks what there is not', () => {
    expect(explained(() => 'BLUE')).toContain('not one of ');
    expect(explained(() => 'BLUE')).not.toContain('..');
  });
});

describe('what code answered', () => {
  it('is kept, so that a rule of another flag sees what everybody sees', () => {
    let asked = 0;
    const coin = aFlag({ flagName: 'COIN', pickVariant: () => (asked++ % 2 === 0 ? 'ON' : 'OFF') });
    const definitions = { lucky: { rules: [{ when: { flag: { COIN: 'ON' } } }], serve: 'off' } };
    const reader = aReader({ flags: [coin], definitions, userId: 1 });
    expect([reader.ffVariant('lucky'), reader.ffVariant('COIN'), reader.ffVariant('lucky')]).toEqual([
      'on',
      'ON',
      'on',
    ]);
    expect(asked).toBe(1);
  });

  it('is the off variant when it asks for itself through another flag, without end', () => {
    const asked: { reader?: Reader } = {};
    const asking = aFlag({ flagName: 'ASKING', pickVariant: () => (asked.reader?.isEnabled('via') ? 'ON' : 'OFF') });
    const definitions = { via: { rules: [{ when: { flag: { ASKING: 'ON' } } }], serve: 'off' } };
    asked.reader = aReader({ flags: [asking], definitions, userId: 1 });
    expect([asked.reader.ffVariant('via'), asked.reader.ffVariant('ASKING')]).toEqual(['off', 'OFF']);
  });
});
