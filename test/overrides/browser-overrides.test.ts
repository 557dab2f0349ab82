import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { overridesFrom, parseOverrides } from '../../src/overrides/browser-overrides.js';
import { anyText } from '../vectors/any-text.js';

function entries(json: string): unknown {
  const overrides = parseOverrides(json);
  return overrides && [...overrides];
}

describe('overrides typed as JSON', () => {
  it.each([
    ['{}', []],
    [
      '{ "BLUE_BUTTON": "ON", "team/flag": "off" }',
      [
        ['BLUE_BUTTON', 'ON'],
        ['team/flag', 'off'],
      ],
    ],
    [
      '{ "__proto__": "ON", "constructor": "OFF" }',
      [
        ['__proto__', 'ON'],
        ['constructor', 'OFF'],
      ],
    ],
    ['{ "A": "ON", "A": "OFF" }', [['A', 'OFF']]],
  ])('are read: %s', (json, overrides) => {
    expect(entries(json)).toEqual(overrides);
  });

  it('lose every entry that is not text, the empty variant included, and keep the others', () => {
    const json = '{ "a": 1, "b": true, "c": null, "d": ["ON"], "e": { "x": "ON" }, "f": "", "g": "ON" }';
    expect(entries(json)).toEqual([['g', 'ON']]);
  });

  it.each([
    '',
    ' ',
    'ON',
    '"ON"',
    'null',
    'true',
    '7',
    '[]',
    '["ON"]',
    '{',
    '{ "A": "ON" } x',
    "{ 'A': 'ON' }",
    '{ "A": "ON", }',
    '[['.repeat(1900),
    '{"a":'.repeat(700),
    `{ "A": "${'x'.repeat(4000)}" }`,
  ])('are nothing when they are anything but a map that fits in a cookie: %.30s', (json) => {
    expect(parseOverrides(json)).toBeUndefined();
  });

  it('are a map of text or nothing, whatever the text is, and touch no other object', () => {
    const json = fc.oneof(
      anyText(),
      fc.json(),
      fc.object().map((value) => JSON.stringify(value)),
    );
    const proto = '{ "__proto__": { "x": 1 }, "constructor": { "prototype": { "x": 1 } } }';
    fc.assert(
      fc.property(json, (text) => {
        for (const [flag, variant] of parseOverrides(text) ?? [])
          expect([typeof flag, typeof variant]).toEqual(['string', 'string']);
        expect(({} as { x?: unknown }).x).toBeUndefined();
      }),
      { examples: [[proto]] },
    );
  });
});

describe('overrides from a parsed value', () => {
  it.each([undefined, null, true, 7, 'ON', [], [['A', 'ON']], () => 1])('are nothing when it is %o', (value) => {
    expect(overridesFrom(value)).toBeUndefined();
  });

  it('do not include what the value inherits', () => {
    expect([...(overridesFrom(Object.create({ A: 'ON' })) ?? [])]).toEqual([]);
  });
});
