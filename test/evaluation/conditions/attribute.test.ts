import { describe, expect, it } from 'vitest';
import { aCondition, failure, truth } from './a-condition.js';

describe('an attribute', () => {
  it.each([
    ['plan', { plan: 'premium' }, true],
    ['user.plan', { user: { plan: 'premium' } }, true],
    ['user.plan', { 'user.plan': 'premium' }, true],
    ['user.plan', { 'user.plan': 'basic', user: { plan: 'premium' } }, false],
    ['a.b.c.d', { a: { b: { c: { d: 'premium' } } } }, true],
    ['orders.1.plan', { orders: [{}, { plan: 'premium' }] }, true],
    ['user.plan', { user: null }, undefined],
    ['user.plan', { user: 'premium' }, undefined],
    ['user.plan', { user: {} }, undefined],
    ['user.plan', { user: { plan: null } }, undefined],
    ['user.plan', {}, undefined],
    ['plan', { Plan: 'premium' }, undefined],
    ['plan.', { plan: 'premium' }, undefined],
    ['größe', { größe: 'premium' }, true],
    ['two words', { 'two words': 'premium' }, true],
  ])('%s is found in %j: %s', (path, attributes, expected) => {
    expect(truth({ [path]: 'premium' }, attributes)).toBe(expected);
  });

  it.each([
    'constructor',
    'toString',
    'hasOwnProperty',
    'valueOf',
    'constructor.name',
    'toString.length',
    'isPrototypeOf',
  ])('is never what every object has: %s', (path) => {
    expect(truth({ [path]: { exists: true } }, {})).toBe(false);
    expect(truth({ [`user.${path}`]: { exists: true } }, { user: {} })).toBe(false);
    expect(truth({ [`user.${path}`]: { exists: true } }, { user: [] })).toBe(false);
  });

  it.each(['__proto__.plan', 'user.__proto__', 'user.__proto__.plan', 'user.constructor.prototype'])(
    'is never reached through a prototype: %s',
    (path) => {
      expect(truth({ [path]: { exists: true } }, { user: { plan: 'premium' }, plan: 'premium' })).toBe(false);
    },
  );

  it.each(['constructor', 'toString', 'hasOwnProperty'])('may be named %s all the same', (name) => {
    expect(truth({ [name]: 'premium' }, { [name]: 'premium' })).toBe(true);
    expect(truth({ [`user.${name}`]: 'premium' }, { user: { [name]: 'premium' } })).toBe(true);
  });

  it('may be computed by the app’s own class, or stand in an object without a prototype', () => {
    class Account {
      get plan(): string {
        return 'premium';
      }

      isPremium(): boolean {
        return true;
      }
    }
    expect(truth({ 'user.plan': 'premium' }, { user: new Account() })).toBe(true);
    expect(truth({ 'user.isPremium': { exists: true } }, { user: new Account() })).toBe(false);
    expect(truth({ plan: 'premium' }, Object.assign(Object.create(null), { plan: 'premium' }))).toBe(true);
  });

  it('is only read when a condition asks for it', () => {
    const read: string[] = [];
    const attributes = {
      get plan(): string {
        read.push('plan');
        return 'basic';
      },
      get country(): string {
        read.push('country');
        return 'SE';
      },
    };
    expect(truth({ plan: 'premium', country: 'SE' }, attributes)).toBe(false);
    expect(read).toEqual(['plan']);
  });
});

describe('the user id', () => {
  it.each([
    [7, 7, true],
    [7, '7', true],
    ['7', 7, true],
    [0, 0, true],
    [[1, '2', 3], 2, true],
    [[1, '2', 3], '3', true],
    [[1, '2', 3], 4, false],
    ['user-*', 'user-7', true],
    [[1, 'user-*'], 'user-7', true],
    [[1, 'user-*'], 1, true],
    [{ equals: 7 }, '7', true],
    [{ equals: 'user-*' }, 'user-7', false],
    [{ oneOf: [7, 8] }, '8', true],
    [{ oneOf: ['user-*', 8] }, 'user-7', false],
    [{ oneOf: ['user-*', 8] }, 'user-*', true],
    [{ oneOf: ['user-*', 8], startsWith: 'u' }, 'user-*', true],
    [{ oneOf: [true] }, 'true', true],
    [{ not: 7 }, '7', false],
    [{ not: 7 }, 8, true],
    [{ not: [7, 8] }, '8', false],
    [{ not: { not: 7 } }, '7', true],
    [{ startsWith: 'user-' }, 'user-7', true],
    [{ endsWith: '7' }, 7, true],
    [{ exists: true }, 7, true],
  ])('is an attribute too: %j, of user %o: %s', (test, userId, expected) => {
    expect(truth({ userId: test }, {}, userId)).toBe(expected);
  });

  it.each([[7], [[7]], [[7, 'user-*']], [{ not: 7 }], [{ not: [7] }], [{ startsWith: '' }]])(
    'of a visitor is missing: %j cannot be told',
    (test) => {
      for (const nobody of [undefined, null, '', Number.NaN]) {
        expect(truth({ userId: test }, { userId: 7 }, nobody)).toBeUndefined();
        expect(truth({ not: { userId: test } }, {}, nobody)).toBeUndefined();
      }
    },
  );

  it('says whether somebody is logged in', () => {
    const visitors = { userId: { exists: false } };
    expect([truth(visitors), truth(visitors, {}, 7)]).toEqual([true, false]);
  });

  it('is the app’s, not an attribute of that name', () => {
    expect(truth({ userId: 7 }, { userId: 7 }, 8)).toBe(false);
  });
});

describe('a condition that does not hold says why', () => {
  it.each([
    [{ country: 'SE' }, {}, 'there is no country'],
    [{ country: 'SE' }, { country: 'DK' }, 'country is "DK", and it has to be "SE"'],
    [{ country: ['SE', 'NO'] }, { country: 'DK' }, 'country is "DK", and it has to be one of ["SE","NO"]'],
    [{ country: { not: 'SE' } }, { country: 'SE' }, 'country is "SE", and it has to not be "SE"'],
    [{ age: { gte: 18 } }, { age: 17 }, 'age is 17, and it has to be at least 18'],
    [{ age: { gt: 18, lt: 65 } }, { age: 65 }, 'age is 65, and it has to be greater than 18 and be less than 65'],
    [{ age: { gte: 18 } }, { age: 'old' }, 'age is "old", and it has to be at least 18'],
    [{ since: { before: '2026-12-01' } }, { since: '2027' }, 'since is "2027", and it has to be before 2026-12-01'],
    [{ email: { endsWith: ['.se', '.no'] } }, { email: 'x' }, 'email is "x", and it has to end with ".se" or ".no"'],
    [{ app: { semver: '>=2.1.0' } }, { app: '2.0.0' }, 'app is "2.0.0", and it has to be a version >=2.1.0'],
    [{ 'user.plan': { exists: true } }, {}, 'there is no user.plan'],
    [{ plan: { exists: false } }, { plan: 'x' }, 'plan is "x", and it has to be missing'],
  ])('%j of %j', (when, attributes, expected) => {
    expect(failure(when, attributes)).toBe(expected);
  });

  it('in words that end, however long the list is', () => {
    const many = Array.from({ length: 10_000 }, (_, index) => `country ${index}`);
    expect(failure({ country: many }, { country: 'x'.repeat(10_000) }).length).toBeLessThan(300);
    expect(aCondition({ country: many }).condition.text.length).toBeLessThan(200);
  });

  it('whatever the value is', () => {
    const unshowable = { toJSON: () => JSON.parse('{') };
    for (const value of [unshowable, Symbol('x'), 1n, () => 1, Object.create(null), [unshowable]]) {
      expect(failure({ a: 'x' }, { a: value })).toMatch(/^(a is .+, and it has to be "x"|there is no a)$/);
    }
  });
});
