import { describe, expect, it } from 'vitest';
import { allHold, contrary, oneHolds, type Truth } from '../../../src/evaluation/conditions/truth.js';

const TRUTHS: readonly Truth[] = [true, false, undefined];
const itself = (truth: Truth): Truth => truth;

describe('what cannot be told', () => {
  it('has a contrary that cannot be told either', () => {
    expect(TRUTHS.map(contrary)).toEqual([false, true, undefined]);
  });

  it('is left open by all parts unless one of them fails', () => {
    expect(TRUTHS.map((truth) => allHold([truth, undefined], 0, itself))).toEqual([undefined, false, undefined]);
    expect(allHold([], 0, itself)).toBe(true);
  });

  it('is left open by one of several unless another holds', () => {
    expect(TRUTHS.map((truth) => oneHolds([truth, undefined], 0, itself))).toEqual([true, undefined, undefined]);
    expect(oneHolds([], 0, itself)).toBe(false);
  });

  it('follows the laws of De Morgan', () => {
    for (const one of TRUTHS) {
      for (const other of TRUTHS) {
        const neither = contrary(oneHolds([one, other], 0, itself));
        expect(allHold([contrary(one), contrary(other)], 0, itself)).toBe(neither);
      }
    }
  });
});

describe('parts', () => {
  it('are asked one by one, about what is given, until one decides', () => {
    const asked: [number, string][] = [];
    const ask = (part: number, about: string): Truth => {
      asked.push([part, about]);
      return part === 2;
    };
    oneHolds([1, 2, 3], 'me', ask);
    expect(asked).toEqual([
      [1, 'me'],
      [2, 'me'],
    ]);
  });
});
