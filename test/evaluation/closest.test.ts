import { describe, expect, it } from 'vitest';
import { didYouMean } from '../../src/evaluation/closest.js';

describe('what was probably meant', () => {
  it.each([
    ['enabeld', ['enabled', 'description'], 'enabled'],
    ['Enabled', ['enabled'], 'enabled'],
    ['ENABLED', ['killed', 'enabled'], 'enabled'],
    ['onn', ['on', 'off'], 'on'],
    ['of', ['off', 'description'], 'off'],
    ['rollout_percent', ['percentage', 'rollout_percentage'], 'rollout_percentage'],
    ['checkout/expres-pay', ['checkout/express-pay', 'checkout/express-pax'], 'checkout/express-pay'],
    ['größe', ['grösse', 'größen'], 'größen'],
  ])('by %s, of %j, is %s', (written, known, meant) => {
    expect(didYouMean(written, known)).toBe(`; did you mean '${meant}'?`);
  });

  it.each([
    ['xyz', ['enabled', 'killed']],
    ['regex', ['equals', 'oneOf']],
    ['a', ['description']],
    ['', ['on', 'off']],
    ['anything', []],
  ])('by %j is nothing of %j', (written, known) => {
    expect(didYouMean(written, known)).toBe('');
  });
});
