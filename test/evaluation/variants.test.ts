import { describe, expect, it } from 'vitest';
import { Place } from '../../src/evaluation/place.js';
import { VariantSet } from '../../src/evaluation/variants.js';
import { aFlag } from './a-flag.js';
import { aReader, complaintAbout } from './a-reader.js';

const IT = new Place('Flag', 'BLUE_BUTTON');

function complaint(variants: unknown, offVariant?: unknown): string {
  return complaintAbout({ flags: [aFlag({ flagName: 'BLUE_BUTTON', variants, offVariant })] });
}

describe('the variants of a flag', () => {
  it.each([
    ['none at all', undefined, 'has undefined for its variants; give a list of names'],
    ['a text', 'ON, OFF', 'has "ON, OFF" for its variants; give a list of names'],
    ['an empty list', [], 'has 0 variant'],
    ['an empty map', {}, "decides between at least two, e.g. ['ON', 'OFF']"],
    ['a single variant', ['ON'], 'has 1 variant; a flag decides between at least two'],
    ['a repeated variant', ['ON', 'OFF', 'ON'], 'lists the variant "ON" twice; remove one of them'],
    ['an empty name', ['ON', ''], 'has an empty variant; the empty name is reserved for "no override"'],
    ['an empty name in a map', { ON: 1, '': 2 }, 'has an empty variant'],
    ['a blank name', ['ON', '  '], 'has an empty variant'],
    [
      'spaces around a name',
      ['ON ', 'OFF'],
      'has the variant "ON "; use at most 100 characters, without control characters or spaces around them',
    ],
    ['a line break in a name', ['O\nN', 'OFF'], 'without control characters'],
    ['a half of a character in a name', ['ON\ud83d', 'OFF'], 'has the variant "ON\\ud83d"'],
    ['a very long name', ['ON', 'x'.repeat(101)], 'use at most 100 characters'],
    ['a number for a name', [1, 2], 'has the variant 1; the name of a variant is a string'],
    ['a boolean for a name', [true, false], 'has the variant true; the name of a variant is a string'],
    ['null for a name', [null, 'OFF'], 'has the variant null; the name of a variant is a string'],
    ['values of two types', { ON: true, OFF: 'no' }, 'mixes values of different types (boolean, string)'],
    ['null among numbers', { ON: 1, OFF: null }, 'mixes values of different types (number, object)'],
    ['a function for a value', { ON: () => 1, OFF: () => 0 }, "gives its variant 'OFF' a function; a value is a"],
    ['nothing for a value', { ON: undefined, OFF: undefined }, "gives its variant 'OFF' a undefined; a value is a"],
    ['a bigint for a value', { ON: 1n, OFF: 0n }, "gives its variant 'OFF' a bigint; a value is a boolean, a string"],
  ])('are refused as %s, and the message names flag, value and fix', (_what, variants, message) => {
    expect(complaint(variants)).toMatch(/^Flag "BLUE_BUTTON" .+\.$/);
    expect(complaint(variants)).toContain(message);
  });

  it.each([
    [{ on: 0, off: 1 }],
    [{ small: [1], large: { size: 2 }, none: null }],
    [['a', 'b', 'c', '__proto__', 'constructor']],
  ])('may be %j', (variants) => {
    expect(complaint(variants)).toBe('no complaint');
  });

  it('carry their own name where no value is given', () => {
    const reader = aReader({ flags: [aFlag({ variants: ['red', 'blue'], pickVariant: () => 'red' })] });
    expect(reader.value('SOME_FLAG', '')).toBe('red');
  });
});

describe('the off variant', () => {
  it.each([
    [['ON', 'OFF', 'MAYBE'], 'OFF'],
    [['off', 'on'], 'off'],
    [['control', 'one_click', 'wallet'], 'control'],
    [['one_click', 'Control', 'wallet'], 'Control'],
    [['VISIBLE', 'NOT_VISIBLE'], 'NOT_VISIBLE'],
    [['red', 'green', 'blue'], 'blue'],
    [['enabled', 'disabled'], 'disabled'],
    [['official', 'controlled', 'other'], 'other'],
    [['live', 'offline'], 'offline'],
  ])('of %j is %s when the flag does not say', (variants, off) => {
    expect(new VariantSet(variants, undefined, IT).off).toBe(off);
  });

  it.each(['ON', 'on', 'True', 'YES', 'ENABLED', 'enable', 'ACTIVE', 'Visible', 'SHOWN', 'show', 'allowed', 'live'])(
    'is not guessed to be %s, which reads as on: the flag has to say',
    (last) => {
      const message = complaint(['HIDDEN', last]);
      expect(message).toContain(`Flag "BLUE_BUTTON" would serve its last variant '${last}' when it is off`);
      expect(message).toContain("reads as on; say which one is off, e.g. offVariant: 'HIDDEN'");
      expect(complaint(['HIDDEN', last], 'HIDDEN')).toBe('no complaint');
      expect(complaint(['HIDDEN', last], last)).toBe('no complaint');
    },
  );

  it.each([
    ['BLUE', '.'],
    ['on', "; did you mean 'ON'?"],
    ['', '.'],
    [null, '.'],
    [1, '.'],
  ])('cannot be %o when there is no such variant', (offVariant, proposal) => {
    expect(complaint(['ON', 'OFF'], offVariant)).toBe(
      `Flag "BLUE_BUTTON" names ${JSON.stringify(offVariant)} as its off variant, which is not one of 'ON', 'OFF'${proposal}`,
    );
  });
});

it('flags with the same variants have each their own off variant and values', () => {
  const definitions = {
    first: { variants: ['a', 'b'], off: 'a' },
    second: { variants: ['a', 'b'], off: 'b' },
    third: { variants: { a: 1, b: 2 }, off: 'b' },
    fourth: { variants: { b: 2, a: 1 } },
  };
  const reader = aReader({ definitions });
  expect({ ...reader.all() }).toEqual({ first: 'b', second: 'a', third: 'a', fourth: 'b' });
  expect([reader.value('second', ''), reader.value('third', 0)]).toEqual(['a', 1]);
  const [first, , , fourth] = [...reader.getConfigMap().values()];
  expect([first?.getVariants(), fourth?.getVariants()]).toEqual([
    ['a', 'b'],
    ['b', 'a'],
  ]);
});

describe('the on variant', () => {
  it.each([
    [['ON', 'OFF'], undefined, 'ON'],
    [['beta', 'on', 'off'], undefined, 'on'],
    [['control', 'one_click', 'wallet'], undefined, 'one_click'],
    [['VISIBLE', 'NOT_VISIBLE'], 'VISIBLE', 'NOT_VISIBLE'],
    [['OFF', 'ON'], 'ON', 'OFF'],
  ])('of %j with %s off is %s', (variants, off, on) => {
    expect(new VariantSet(variants, off, IT).on).toBe(on);
  });
});

describe('outcomes', () => {
  it('are laid out beforehand: the same objects at every evaluation', () => {
    const variants = new VariantSet(['ON', 'OFF'], undefined, IT);
    expect(variants.outcome('ON', 'STATIC')).toBe(variants.outcome('ON', 'STATIC'));
    expect(variants.outcome('ON', 'STATIC')).not.toBe(variants.outcome('ON', 'OVERRIDE'));
    expect(() => variants.outcome('BLUE', 'STATIC')).toThrow('no variant "BLUE"');
  });
});
