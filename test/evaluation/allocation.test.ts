import { type EvaluationContext, featureFlag } from 'express-gatekeeper';
import { describe, expect, it } from 'vitest';
import { FlagReader } from '../../src/evaluation/flag-reader.js';
import { buildSnapshot } from '../../src/evaluation/snapshot.js';
import { Subject } from '../../src/evaluation/subject.js';
import { aReader, complaintAbout } from './a-reader.js';

const variants = ['control', 'one_click', 'wallet'];

function details(serve: unknown, userId?: unknown) {
  return aReader({ definitions: { FLAG: { variants, serve } }, userId }).details('FLAG');
}

/** How often each variant is served to the first hundred users. */
function served(serve: unknown): Record<string, number> {
  const counts: Record<string, number> = {};
  for (let id = 0; id < 100; id += 1) {
    const variant = String(details(serve, id).variant);
    counts[variant] = (counts[variant] ?? 0) + 1;
  }
  return counts;
}

describe('what is served', () => {
  it('is one variant for everyone', () => {
    expect(details('wallet')).toMatchObject({ variant: 'wallet', value: 'wallet', reason: 'STATIC' });
  });

  it('is the on variant for a percentage that names none, and off for the rest', () => {
    expect(Object.keys(served({ percentage: 50 })).sort()).toEqual(['control', 'one_click']);
    expect(Object.keys(served({ percentage: 50, variant: 'wallet' })).sort()).toEqual(['control', 'wallet']);
  });

  it('needs no unit at 0 and at 100 %', () => {
    expect(details({ percentage: 0 })).toMatchObject({ variant: 'control', reason: 'STATIC' });
    expect(details({ percentage: 100 })).toMatchObject({ variant: 'one_click', reason: 'STATIC' });
  });

  it.each([{ percentage: 99.999 }, { split: { one_click: 1, wallet: 1 } }])(
    'is the off variant where there is no unit, never a shared bucket: %j',
    (serve) => {
      expect(details(serve)).toMatchObject({ variant: 'control', reason: 'DEFAULT' });
    },
  );

  it('is each variant of a split, and no other', () => {
    expect(Object.keys(served({ split: { one_click: 1, wallet: 3, control: 0 } })).sort()).toEqual([
      'one_click',
      'wallet',
    ]);
    expect(served({ split: { wallet: 0.01 } })).toEqual({ wallet: 100 });
  });

  it('follows the salt, so that flags which share one take in the same people', () => {
    const serve = { percentage: 50 };
    const definitions = { ONE: { salt: 'checkout', serve }, OTHER: { salt: 'checkout', serve }, THIRD: { serve } };
    const all = Array.from({ length: 100 }, (_, userId) => aReader({ definitions, userId }).all());
    expect(all.every(({ ONE, OTHER }) => ONE === OTHER)).toBe(true);
    expect(all.every(({ ONE, THIRD }) => ONE === THIRD)).toBe(false);
  });

  it.each([
    ['blue', 'serves "blue", which is not one of its variants'],
    [{ percentage: 20, variant: 'blue' }, 'serves "blue"'],
    [{ split: { control: 1, blue: 1 } }, 'serves "blue"'],
    [{ split: { control: 0 } }, 'splits by {"control":0}; at least one weight must be above 0'],
    [{ split: {} }, 'splits by {}; at least one weight must be above 0'],
    [{ split: { control: -1 } }, 'serve'],
    [{ percentage: -1 }, 'serve'],
    [{ percentage: 100.1 }, 'serve'],
    [{ percentage: Number.NaN }, 'serve'],
    [{ percentage: '20' }, 'serve'],
    [{ percent: 20 }, 'serve'],
    [20, 'serve'],
  ])('is refused, naming the flag, as %j', (serve, message) => {
    const complaint = complaintAbout({ definitions: { FLAG: { variants, serve } } });
    expect(complaint).toMatch(/^Flag "FLAG" \(definitions\) /);
    expect(complaint).toContain(message);
  });
});

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
    const sources = { definitions: { flags: {} }, origin: 'definitions', revision: 0, report: () => undefined };
    const snapshot = buildSnapshot({ configs: [new Sticky()], ...sources });
    const variantFor = (userId?: number) =>
      new FlagReader({ snapshot, stale: false, unknownFlag: () => undefined }, new Browser(userId)).ffVariant('STICKY');
    expect(new Set([undefined, 1, 2, 3, 4, 5, 6, 7, 8].map(variantFor)).size).toBe(1);
  });

  it('keeps its reason when it asks another flag on the way', () => {
    const asked: { reader?: FlagReader } = {};
    class Nested extends featureFlag({ name: 'NESTED', variants: ['IN', 'OUT'] }) {
      pickVariant(context: EvaluationContext) {
        const inside = this.percentage(context, 50);
        return asked.reader?.ff('OTHER', 'on') && inside ? 'IN' : 'OUT';
      }
    }
    const other = { name: 'OTHER', variants: ['on', 'off'] } as const;
    class Other extends featureFlag(other) {
      pickVariant(): 'on' {
        return 'on';
      }
    }
    asked.reader = aReader({ flags: [new Nested(), new Other()], userId: 1 });
    expect(asked.reader.details('NESTED').reason).toBe('SPLIT');
    expect(asked.reader.details('OTHER').reason).toBe('DEFAULT');
  });
});
