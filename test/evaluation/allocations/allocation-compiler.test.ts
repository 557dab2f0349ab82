import { describe, expect, it } from 'vitest';
import { aReader, complaintAbout } from '../a-reader.js';

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

  it('is the on variant when nothing is said', () => {
    expect(details(undefined)).toMatchObject({ variant: 'one_click', reason: 'STATIC' });
    expect(details(null)).toMatchObject({ variant: 'one_click', reason: 'STATIC' });
  });

  it('is the on variant for a percentage that names none, and off for the rest', () => {
    expect(Object.keys(served({ percentage: 50 })).sort()).toEqual(['control', 'one_click']);
    expect(Object.keys(served({ percentage: 50, variant: 'wallet' })).sort()).toEqual(['control', 'wallet']);
  });

  it('needs no unit at 0 and at 100 %', () => {
    expect(details({ percentage: 0 })).toMatchObject({ variant: 'control', reason: 'STATIC' });
    expect(details({ percentage: 100 })).toMatchObject({ variant: 'one_click', reason: 'STATIC' });
    expect(details({ percentage: 100, variant: 'wallet' })).toMatchObject({ variant: 'wallet', reason: 'STATIC' });
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

  it('keeps the people of a rule in their buckets when the same is served to all', () => {
    const serve = { percentage: 30 };
    const definitions = {
      RULE: { salt: 'S', rules: [{ when: { userId: { exists: true } }, serve }] },
      ALL: { salt: 'S', serve },
    };
    const all = Array.from({ length: 100 }, (_, userId) => aReader({ definitions, userId }).all());
    expect(all.every(({ RULE, ALL }) => RULE === ALL)).toBe(true);
  });

  it.each([
    ['blue', `serve: "blue" is not one of the variants 'control', 'one_click', 'wallet'.`],
    ['walet', `serve: "walet" is not one of the variants 'control', 'one_click', 'wallet'; did you mean 'wallet'?`],
    [{ percentage: 20, variant: 'blue' }, 'serve.variant: "blue" is not one of the variants'],
    [{ split: { control: 1, blue: 1 } }, 'serve.split.blue: "blue" is not one of the variants'],
    [{ ramp: { variant: 'blue', start: '2026-12-01', days: [[0, 1]] } }, 'serve.ramp.variant: "blue" is not one of'],
    [{ from: '2026-12-01', variant: 'blue' }, 'serve.variant: "blue" is not one of the variants'],
  ])('is refused as %j, naming flag, place and variants', (serve, message) => {
    expect(complaintAbout({ definitions: { FLAG: { variants, serve } } })).toContain(
      `definitions: Flag "FLAG", ${message}`,
    );
  });
});
