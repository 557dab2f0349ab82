import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { wildcard } from '../../../src/evaluation/conditions/wildcard.js';
import { anyText } from '../../vectors/any-text.js';

/** The meaning of a wildcard, as plainly as it can be written: every way to spend the star is tried. */
function fits(pattern: string, text: string): boolean {
  if (pattern === '') return text === '';
  if (pattern[0] !== '*') return pattern[0] === text[0] && text !== '' && fits(pattern.slice(1), text.slice(1));
  return fits(pattern.slice(1), text) || (text !== '' && fits(pattern, text.slice(1)));
}

describe('a wildcard', () => {
  it.each([
    ['*@company.com', 'ann@company.com', true],
    ['*@company.com', '@company.com', true],
    ['*@company.com', 'ann@company.com.evil.org', false],
    ['*@company.com', 'ann@Company.com', false],
    ['user-*', 'user-', true],
    ['user-*', 'User-1', false],
    ['*', '', true],
    ['*', 'anything', true],
    ['**', 'anything', true],
    ['a*a', 'a', false],
    ['a*a', 'aa', true],
    ['a*b*c', 'abc', true],
    ['a*b*c', 'acb', false],
    ['*ab*ab*', 'ab', false],
    ['*ab*ab*', 'abab', true],
    ['ab*ba', 'aba', false],
    ['a.c*', 'abc', false],
    ['[ab]*', 'a', false],
    ['?*', 'a', false],
    ['日*語', '日本語', true],
    ['*😀', '\ude00', false],
  ])('%j fits %j: %s', (pattern, text, expected) => {
    expect(wildcard(pattern)(text)).toBe(expected);
  });

  it('fits what trying every way finds to fit', () => {
    const few = (maxLength: number) => fc.string({ unit: fc.constantFrom('a', 'b', '*'), maxLength });
    const text = fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 12 });
    fc.assert(
      fc.property(few(4), few(4), text, (before, after, candidate) => {
        const pattern = `${before}*${after}`;
        expect(wildcard(pattern)(candidate)).toBe(fits(pattern, candidate));
      }),
      { numRuns: 2000 },
    );
  });

  it('fits whatever its star is replaced with', () => {
    fc.assert(
      fc.property(fc.array(anyText({ maxLength: 5 }), { minLength: 2, maxLength: 6 }), (parts) => {
        const stars = parts.map((part) => part.replaceAll('*', ''));
        expect(wildcard(stars.join('*'))(stars.join('anything *'))).toBe(true);
      }),
    );
  });
});

describe('the work of a wildcard', () => {
  afterEach(() => vi.restoreAllMocks());

  it('is one search per part, each from where the last one ended, however the text is made', () => {
    const pattern = `${'*a'.repeat(1000)}*b*`;
    const text = 'a'.repeat(20_000);
    const search = vi.spyOn(String.prototype, 'indexOf');
    const match = wildcard(pattern);
    search.mockClear();
    expect(match(text)).toBe(false);
    const starts = search.mock.calls.map(([, from]) => from ?? 0);
    expect(starts.length).toBeLessThanOrEqual(1001);
    expect(starts).toEqual([...starts].sort((a, b) => a - b));
  });
});
