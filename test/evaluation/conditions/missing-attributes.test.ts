import { describe, expect, it } from 'vitest';
import { truth } from './a-condition.js';

describe('an attribute that is missing', () => {
  const tests = [
    ...['SE', 3, true, '*', ['SE'], { equals: 'SE' }, { oneOf: ['SE'] }, { gt: 1 }, { gte: 1 }, { lt: 1 }, { lte: 1 }],
    ...[{ before: '2026-12-24' }, { after: '2026-12-24' }, { startsWith: '' }, { endsWith: '' }, { contains: '' }],
    ...[{ semver: '*' }, { gte: 1, lt: 2 }, { not: { not: 'SE' } }],
  ];

  it.each(tests)('never passes %j, nor its negation', (test) => {
    for (const missing of [undefined, null]) {
      expect(truth({ attribute: test }, { attribute: missing })).toBeUndefined();
      expect(truth({ attribute: { not: test } }, { attribute: missing })).toBeUndefined();
      expect(truth({ not: { attribute: test } }, { attribute: missing })).toBeUndefined();
    }
  });

  it.each(tests)('is definitely not one that exists and passes %j', (test) => {
    const asked = { attribute: { exists: true, not: test } };
    expect(truth(asked)).toBe(false);
    expect(truth({ not: asked })).toBe(true);
  });

  it('passes when it may be missing', () => {
    const unlessSwedish = { any: [{ country: { exists: false } }, { country: { not: 'SE' } }] };
    expect(truth(unlessSwedish)).toBe(true);
    expect(truth(unlessSwedish, { country: 'NO' })).toBe(true);
    expect(truth(unlessSwedish, { country: 'SE' })).toBe(false);
  });
});
