import { describe, expect, it } from 'vitest';
import { aReader } from './a-reader.js';

const definitions = {
  switch: { serve: 'on' },
  text: { variants: { blue: '#00f', red: '' }, serve: 'red' },
  number: { variants: { small: 0, large: 50 }, off: 'small', serve: 'small' },
  object: { variants: { basic: { seats: 1 }, pro: { seats: 9 } }, off: 'basic', serve: 'pro' },
  list: { variants: { none: [], some: ['new'] }, off: 'none', serve: 'some' },
  nothing: { variants: { none: null, some: { a: 1 } }, off: 'none', serve: 'none' },
  names: { variants: ['hello', 'howdy'], serve: 'hello' },
};

function value(flag: string, fallback: unknown): unknown {
  return aReader({ definitions }).value(flag, fallback);
}

describe('value', () => {
  it.each([
    ['switch', true, false],
    ['text', '', 'grey'],
    ['number', 0, 20],
    ['object', { seats: 9 }, { seats: 0 }],
    ['list', ['new'], []],
    ['names', 'hello', 'hi'],
  ])('of %s is %j, whatever the default of that type', (flag, served, fallback) => {
    expect(value(flag, fallback)).toEqual(served);
  });

  const defaults = { switch: false, text: 'grey', number: 20, object: {}, list: [], nothing: {}, names: 'hi' };
  const kinds = { ...defaults, bigint: 1n, function: () => 1, symbol: Symbol('s') };
  const kindOf = (thing: unknown): string => (Array.isArray(thing) ? 'list' : typeof thing);
  const mismatches = Object.keys(defaults).flatMap((flag) =>
    Object.entries(kinds)
      .filter(([, fallback]) => kindOf(fallback) !== kindOf(defaults[flag as keyof typeof defaults]))
      .map(([kind, fallback]) => [flag, kind, fallback] as const),
  );

  it.each(mismatches)('of %s is the caller’s default when that is of another type: %s', (flag, _kind, fallback) => {
    expect(value(flag, fallback)).toBe(fallback);
  });

  it('that is null is the caller’s default where an object was expected', () => {
    const fallback = { a: 0 };
    expect(value('nothing', fallback)).toBe(fallback);
    expect(value('nothing', null)).toBeNull();
  });

  it.each([undefined, null])(
    'is whatever is served when the default is %o, which says nothing about the type',
    (none) => {
      expect(['switch', 'number', 'object', 'list'].map((flag) => value(flag, none))).toEqual([
        true,
        0,
        { seats: 9 },
        ['new'],
      ]);
    },
  );

  it('of a flag that is off is the off variant’s, not the caller’s default', () => {
    const off = aReader({ definitions: { number: { ...definitions.number, killed: true, serve: 'large' } } });
    expect(off.value('number', 20)).toBe(0);
  });

  it('cannot be changed for others by one who got it', () => {
    const reader = aReader({ definitions });
    try {
      (reader.value('list', []) as string[]).push('mine');
      (reader.value('object', {}) as { seats: number }).seats = 0;
    } catch {
      // A value that refuses to be changed is as good as one of the caller's own.
    }
    expect([reader.forUser(2).value('list', []), reader.forUser(2).value('object', {})]).toEqual([
      ['new'],
      { seats: 9 },
    ]);
  });
});
