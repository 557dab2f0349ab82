import { describe, expect, it } from 'vitest';
import { truth } from './a-condition.js';

const christmas = Date.UTC(2026, 11, 24);

/** Whether an attribute that is `value` passes the test. */
function passes(test: unknown, value: unknown): boolean | undefined {
  return truth({ attribute: test }, { attribute: value });
}

describe('a value', () => {
  it.each([
    ['SE', 'SE', true],
    ['SE', 'se', false],
    ['SE', 'SE ', false],
    ['SE', '', false],
    ['', '', true],
    [3, 3, true],
    [3, '3', false],
    ['3', 3, false],
    [0, -0, true],
    [0, false, false],
    [1.5, 1.5, true],
    [true, true, true],
    [true, 1, false],
    [false, false, true],
    ['SE', { code: 'SE' }, false],
    ['SE', new String('SE'), false],
    ['SE', ['NO', 'SE'], true],
    ['SE', ['NO'], false],
    ['SE', [], false],
    [3, ['3', 3], true],
    ['S*', 'SE', true],
    ['*', '', true],
    ['*', 7, false],
    ['S*', ['NO', 'SE'], true],
  ])('%j is equalled by %o: %s', (test, value, expected) => {
    expect(passes(test, value)).toBe(expected);
  });
});

describe('a list', () => {
  it.each([
    [['SE', 'NO'], 'NO', true],
    [['SE', 'NO'], 'DK', false],
    [['SE', 3, true], 3, true],
    [['SE', 3, true], '3', false],
    [['SE', 3, true], true, true],
    [[], 'SE', false],
    [['*@a.com', '*@b.com', 'x'], 'ann@b.com', true],
    [['*@a.com', '*@b.com', 'x'], 'x', true],
    [['*@a.com', '*@b.com', 'x'], 'ann@c.com', false],
    [['SE', 'NO'], ['DK', 'NO'], true],
    [['SE', 'NO'], ['DK', 'FI'], false],
    [['constructor', 'toString'], 'constructor', true],
    [['SE'], 'constructor', false],
  ])('%j has %o: %s', (test, value, expected) => {
    expect(passes(test, value)).toBe(expected);
  });

  it.each([
    [['SE', 'NO'], 'NO', true],
    [['SE', 3, true], '3', false],
    [[], 'SE', false],
    [['*@a.com', 'x'], '*@a.com', true],
    [['*@a.com', 'x'], 'ann@a.com', false],
    [['*'], 'SE', false],
    [['SE', 'S*'], ['DK', 'S*'], true],
    [['SE'], 'constructor', false],
  ])('as oneOf is literal: %j has %o: %s', (test, value, expected) => {
    expect(passes({ oneOf: test }, value)).toBe(expected);
  });

  it('may have ten thousand values', () => {
    const many = Array.from({ length: 10_000 }, (_, index) => `user-${index}`);
    expect([passes(many, 'user-9999'), passes(many, 'user-10000')]).toEqual([true, false]);
  });
});

describe('equals', () => {
  it.each([
    ['a*b', 'a*b', true],
    ['a*b', 'axb', false],
    ['*', '', false],
    [7, 7, true],
    [7, '7', false],
    ['SE', ['NO', 'SE'], true],
  ])('%j, with * as itself, is equalled by %o: %s', (equals, value, expected) => {
    expect(passes({ equals }, value)).toBe(expected);
  });
});

describe('not', () => {
  it.each([
    ['SE', 'NO', true],
    ['SE', 'SE', false],
    [['SE', 'NO'], 'DK', true],
    [['SE', 'NO'], 'NO', false],
    ['*@company.com', 'ann@company.com', false],
    ['admin', ['user', 'admin'], false],
    ['admin', ['user', 'guest'], true],
    ['admin', [], true],
    [{ gt: 5 }, 5, true],
    [{ gt: 5 }, 6, false],
    [{ gt: 5 }, 'six', undefined],
    [{ before: '2026-12-24' }, 'soon', undefined],
    [{ startsWith: 'a' }, 7, undefined],
    [{ semver: '>=2.0.0' }, '1.9.9', true],
    [{ semver: '>=2.0.0' }, 'newest', undefined],
    [{ not: 'SE' }, 'SE', true],
    [{ not: { not: 'SE' } }, 'SE', false],
    [{ exists: true }, 'SE', false],
    [{ gte: 18, lt: 65 }, 70, true],
    [{ gte: 18, lt: 65 }, 30, false],
  ])('%j is passed by %o: %s', (not, value, expected) => {
    expect(passes({ not }, value)).toBe(expected);
  });
});

describe('a comparison of numbers', () => {
  it.each([
    [{ gt: 5 }, [4.999, 5, 5.001], [false, false, true]],
    [{ gte: 5 }, [4.999, 5, 5.001], [false, true, true]],
    [{ lt: 5 }, [4.999, 5, 5.001], [true, false, false]],
    [{ lte: 5 }, [4.999, 5, 5.001], [true, true, false]],
    [{ gt: 0 }, [-0, Number.MIN_VALUE, Number.POSITIVE_INFINITY], [false, true, true]],
    [{ lt: -1 }, [-1, -1.5, Number.NEGATIVE_INFINITY], [false, true, true]],
    [{ gte: 18, lt: 65 }, [17, 18, 64, 65], [false, true, true, false]],
  ])('%j tells numbers below, at and above apart', (test, values, expected) => {
    expect(values.map((value) => passes(test, value))).toEqual(expected);
  });

  it.each([['6'], ['six'], [true], [Number.NaN], [6n], [{}], [new Date(6)], [() => 6], [Symbol('6')]])(
    'cannot tell of what is no number: %o',
    (value) => {
      for (const operator of ['gt', 'gte', 'lt', 'lte']) {
        expect(passes({ [operator]: 5 }, value), operator).toBeUndefined();
        expect(passes({ not: { [operator]: 5 } }, value), operator).toBeUndefined();
      }
    },
  );

  it.each([
    [[1, 9], true],
    [[1, 2], false],
    [['x', 9], true],
    [['x', 1], undefined],
    [[], false],
  ])('passes for a list when one of its elements does: %j', (value, expected) => {
    expect(passes({ gt: 5 }, value)).toBe(expected);
  });
});

describe('before and after', () => {
  it.each([
    ['2026-12-23', true, false],
    ['2026-12-24', false, false],
    ['2026-12-25', false, true],
    ['2026-12-23T23:59:59.999Z', true, false],
    ['2026-12-24T00:30:00+01:00', true, false],
    [christmas - 1, true, false],
    [christmas, false, false],
    [christmas + 1, false, true],
    [new Date(christmas - 1), true, false],
    [new Date(christmas), false, false],
    [new Date(christmas + 1), false, true],
  ])('tell %o apart', (value, before, after) => {
    expect(passes({ before: '2026-12-24' }, value)).toBe(before);
    expect(passes({ after: '2026-12-24' }, value)).toBe(after);
    expect(passes({ not: { after: '2026-12-24' } }, value)).toBe(!after);
  });

  it('take an instant without an offset as UTC, on both sides', () => {
    expect(passes({ after: '2026-12-24T12:00' }, '2026-12-24T12:00:00.001')).toBe(true);
    expect(passes({ after: '2026-12-24T12:00+01:00' }, '2026-12-24T11:30')).toBe(true);
  });

  it('may together be a span of time', () => {
    const span = { after: '2026-12-01', before: '2026-12-24' };
    expect(['2026-12-01', '2026-12-02', '2026-12-24'].map((day) => passes(span, day))).toEqual([false, true, false]);
  });

  it.each([['soon'], ['2026-02-30'], ['24.12.2026'], [new Date(Number.NaN)], [Number.NaN], [true], [{}], [1n]])(
    'cannot tell of what is no instant: %o',
    (value) => {
      expect(passes({ before: '2026-12-24' }, value)).toBeUndefined();
      expect(passes({ not: { before: '2026-12-24' } }, value)).toBeUndefined();
    },
  );
});

describe('startsWith, endsWith and contains', () => {
  it.each([
    [{ startsWith: 'ann' }, 'ann@acme.com', true],
    [{ startsWith: 'ann' }, 'Ann', false],
    [{ startsWith: 'ann' }, 'an', false],
    [{ endsWith: '@acme.com' }, 'ann@acme.com', true],
    [{ endsWith: '@acme.com' }, 'ann@acme.com.evil', false],
    [{ contains: 'acme' }, 'ann@acme.com', true],
    [{ contains: 'acme' }, 'ann@globex.com', false],
    [{ startsWith: ['ann', 'bob'] }, 'bob@acme.com', true],
    [{ endsWith: ['.se', '.no'] }, 'acme.no', true],
    [{ contains: ['x', 'y'] }, 'abc', false],
    [{ contains: [] }, 'abc', false],
    [{ startsWith: '' }, '', true],
    [{ startsWith: '*' }, 'ann', false],
    [{ contains: '*' }, 'a*b', true],
    [{ startsWith: 'ann', endsWith: '.com' }, 'ann@acme.com', true],
    [{ startsWith: 'ann', endsWith: '.com' }, 'ann@acme.org', false],
    [{ startsWith: 'a' }, ['b', 'ab'], true],
    [{ startsWith: 'a' }, ['b', 'c'], false],
    [{ startsWith: 'a' }, ['b', 7], undefined],
    [{ contains: 'beta' }, ['alpha', 'beta'], true],
    [{ contains: 'bet' }, ['alpha', 'beta'], false],
    [{ contains: ['gamma', 'beta'] }, ['alpha', 'beta'], true],
    [{ contains: 'beta' }, [], false],
  ])('%j is passed by %o: %s', (test, value, expected) => {
    expect(passes(test, value)).toBe(expected);
  });

  it.each(['startsWith', 'endsWith', 'contains'])('%s cannot tell of what is no text', (operator) => {
    for (const value of [7, true, {}, new Date(), Symbol('a')]) {
      expect(passes({ [operator]: '7' }, value)).toBeUndefined();
      expect(passes({ not: { [operator]: '7' } }, value)).toBeUndefined();
    }
  });
});

describe('semver', () => {
  it.each([
    ['>=2.1.0', '2.1.0', true],
    ['>=2.1.0', '2.0.9', false],
    ['>=2.1.0', '10.0.0', true],
    ['>=2.1.0', 'v2.1.0', true],
    ['>=2.1.0', '2.1.0+build.7', true],
    ['>=2.1.0', '2.1.0-rc.1', false],
    ['>=2.1.0', '2.2.0-rc.1', true],
    ['^1.4.0', '1.9.9', true],
    ['^1.4.0', '2.0.0', false],
    ['~1.4.0', '1.4.9', true],
    ['~1.4.0', '1.5.0', false],
    ['1.x', '1.2.3', true],
    ['1.x || >=3.0.0', '2.0.0', false],
    ['1.x || >=3.0.0', '3.0.1', true],
    ['>=1.0.0 <2.0.0', '1.5.0', true],
    ['1.2.3 - 1.4.0', '1.3.0', true],
    ['*', '0.0.0', true],
    ['1.2.3', '1.2.3', true],
    ['1.2.3', '1.2.4', false],
    ['>=2.1.0', ['1.0.0', '2.5.0'], true],
  ])('%j has %o: %s', (semver, value, expected) => {
    expect(passes({ semver }, value)).toBe(expected);
  });

  it.each([
    ...['', 'newest', '2', '2.1', '2.1.0.0', ' 2.1.0', '2.1.0 ', 'vv2.1.0', '02.1.0', '2.1.x', '2.1.0-', '2.1.0+'],
    ...['2.1.0-01', '2.1.0-a..b', `${'9'.repeat(400)}.0.0`, 2, 2.1, true, {}],
  ])('cannot tell of what is no version: %o', (value) => {
    expect(passes({ semver: '>=1.0.0' }, value)).toBeUndefined();
    expect(passes({ not: { semver: '>=1.0.0' } }, value)).toBeUndefined();
  });
});

describe('exists', () => {
  it.each(['', 0, false, Number.NaN, [], {}, 'SE'])('is true of what is there, whatever it is: %o', (value) => {
    expect([passes({ exists: true }, value), passes({ exists: false }, value)]).toEqual([true, false]);
    expect(passes({ not: { exists: true } }, value)).toBe(false);
  });

  it.each([undefined, null, () => 'SE'])('is false of what is not: %o', (value) => {
    expect([passes({ exists: true }, value), passes({ exists: false }, value)]).toEqual([false, true]);
    expect(passes({ not: { exists: true } }, value)).toBe(true);
  });
});
