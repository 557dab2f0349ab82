import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Seal } from '../../src/overrides/seal.js';
import { anyText } from '../vectors/any-text.js';
import { aSeal, EMPTY, LATER, NOW, OVERRIDES, opened, PAYLOAD, SCOPE, SEALED, SECRET, sealedByHand } from './a-seal.js';

describe('a sealed value', () => {
  it('gives back what was sealed', () => {
    expect(opened(SEALED)).toEqual([...OVERRIDES]);
    expect(opened(EMPTY)).toEqual([]);
  });

  it('gives back any flags and variants whatever', () => {
    const seal = aSeal();
    const name = anyText({ maxLength: 30 });
    const entry = fc.tuple(name, anyText({ minLength: 1, maxLength: 30 }));
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 8 }), (entries) => {
        const overrides = new Map(entries);
        expect(seal.open(seal.close(overrides, LATER), NOW)).toEqual(overrides);
      }),
      { examples: [[[['__proto__', 'constructor']]], [[['', 'x']]], [[['\ud800', '\udc00']]]] },
    );
  });

  it('is made of characters that a cookie carries as they are', () => {
    expect(SEALED).toMatch(/^[\w-]+\.[\w-]{43}$/);
  });

  it('is written in a format that later versions read', () => {
    expect(sealedByHand(JSON.stringify(PAYLOAD))).toBe(SEALED);
    expect(SEALED.slice(-43)).toBe('68nbFoNtpt-4Wog_SnHeoGb6OBIiFPtGvvGLCKDm07E');
  });

  it('is good until the moment it expires', () => {
    expect([LATER - 1, LATER, LATER + 1].map((now) => opened(SEALED, now) !== undefined)).toEqual([true, false, false]);
  });

  it('is nothing in another app, in another environment, or under another secret', () => {
    for (const [secrets, scope] of [
      [[SECRET], { ...SCOPE, app: 'blog' }],
      [[SECRET], { ...SCOPE, environment: 'production' }],
      [['another secret'], SCOPE],
      [[`${SECRET} `], SCOPE],
      [[''], SCOPE],
      [[], SCOPE],
    ] as const) {
      expect(new Seal(secrets, scope).open(SEALED, NOW)).toBeUndefined();
    }
  });

  it('cannot be confused by where one name ends and the next begins', () => {
    const sealed = new Seal([SECRET], { app: 'shop/default', environment: '' }).close(OVERRIDES, LATER);
    expect(opened(sealed)).toBeUndefined();
  });
});

describe('rotation', () => {
  it('lets every listed secret verify', () => {
    for (const secret of ['newest', 'older', 'oldest']) {
      const sealed = aSeal(secret).close(OVERRIDES, LATER);
      expect(aSeal('newest', 'older', 'oldest').open(sealed, NOW)).toEqual(OVERRIDES);
    }
  });

  it('lets the first listed secret sign', () => {
    const sealed = aSeal('newest', 'older').close(OVERRIDES, LATER);
    expect(aSeal('newest').open(sealed, NOW)).toEqual(OVERRIDES);
    expect(aSeal('older').open(sealed, NOW)).toBeUndefined();
  });

  it('ends with a secret that is no longer listed', () => {
    expect(aSeal('newest', 'older').open(aSeal('oldest').close(OVERRIDES, LATER), NOW)).toBeUndefined();
  });
});

it('a seal without a secret signs nothing', () => {
  expect(() => new Seal([], SCOPE).close(OVERRIDES, LATER)).toThrow('a seal needs a secret');
});
