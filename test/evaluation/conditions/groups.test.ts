import { describe, expect, it } from 'vitest';
import { failure, truth } from './a-condition.js';

/** A condition for each truth, whoever asks. */
const YES = { there: 'yes' };
const NO = { there: 'no' };
const UNKNOWN = { missing: 'yes' };
const attributes = { there: 'yes' };

function told(when: object): boolean | undefined {
  return truth(when, attributes);
}

const TRUTHS = [
  [YES, true],
  [NO, false],
  [UNKNOWN, undefined],
] as const;

describe('groups follow Kleene’s logic of yes, no and cannot be told', () => {
  it.each(TRUTHS)('not: %j', (part, value) => {
    expect(told(part)).toBe(value);
    expect(told({ not: part })).toBe(value === undefined ? undefined : !value);
    expect(told({ not: { not: part } })).toBe(value);
  });

  it.each([
    [YES, YES, true],
    [YES, NO, false],
    [YES, UNKNOWN, undefined],
    [NO, NO, false],
    [NO, UNKNOWN, false],
    [UNKNOWN, UNKNOWN, undefined],
  ])('all: %j and %j', (one, other, value) => {
    expect([told({ all: [one, other] }), told({ all: [other, one] })]).toEqual([value, value]);
    expect(told({ ...one, all: [other] })).toBe(value);
    expect(told({ not: { any: [{ not: one }, { not: other }] } })).toBe(value);
  });

  it.each([
    [YES, YES, true],
    [YES, NO, true],
    [YES, UNKNOWN, true],
    [NO, NO, false],
    [NO, UNKNOWN, undefined],
    [UNKNOWN, UNKNOWN, undefined],
  ])('any: %j or %j', (one, other, value) => {
    expect([told({ any: [one, other] }), told({ any: [other, one] })]).toEqual([value, value]);
    expect(told({ not: { all: [{ not: one }, { not: other }] } })).toBe(value);
  });
});

describe('groups', () => {
  it('in one map all have to hold, with its attributes', () => {
    const when = { there: 'yes', all: [YES], any: [NO, YES], not: NO };
    expect(told(when)).toBe(true);
    expect(told({ ...when, there: 'no' })).toBe(false);
    expect(told({ ...when, all: [YES, NO] })).toBe(false);
    expect(told({ ...when, any: [NO] })).toBe(false);
    expect(told({ ...when, not: YES })).toBe(false);
  });

  it('may be nested in each other', () => {
    const when = { any: [{ all: [YES, { not: { any: [NO, UNKNOWN, NO] } }] }, { not: NO }] };
    expect(told(when)).toBe(true);
    expect(told({ not: when })).toBe(false);
  });

  it('without any part hold for everybody', () => {
    expect(told({})).toBe(true);
    expect(told({ not: {} })).toBe(false);
  });

  it('say which part does not hold', () => {
    const why = (when: object) => failure(when, attributes);
    expect(why({ all: [YES, { there: ['a', 'b'] }] })).toBe('there is "yes", and it has to be one of ["a","b"]');
    expect(why({ any: [NO, UNKNOWN] })).toBe('there is "yes", and it has to be "no", and there is no missing');
    expect(why({ not: YES })).toContain('which must not be');
    expect(why({ not: YES })).toContain('there has to be "yes"');
    expect(why({ not: UNKNOWN })).toBe('there is no missing');
    expect(why({ not: { all: [YES, UNKNOWN] } })).toBe('there is no missing');
  });
});
