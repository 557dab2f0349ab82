import { GatekeeperError } from 'express-gatekeeper';
import { describe, expect, it } from 'vitest';
import { aReader, complaintAbout } from './a-reader.js';

/** What a flag that is `input` is to users 1 to 4. */
function forUsers(input: unknown): readonly unknown[] {
  return [1, 2, 3, 4].map((userId) => aReader({ definitions: { FLAG: input }, userId }).value('FLAG', null));
}

describe('a flag as data may be', () => {
  it.each([
    ['true: on', true, [true, true, true, true]],
    ['false: off', false, [false, false, false, false]],
    ['100: on for all', 100, [true, true, true, true]],
    ['0: on for nobody', 0, [false, false, false, false]],
    // Of the salt FLAG, users 1 to 4 are at 35, 46, 94 and 66 %.
    ['a percentage', 50, [true, true, false, false]],
    ['a percentage with a fraction', 35.2, [true, false, false, false]],
    ['a list of users', [1, '3'], [true, false, true, false]],
    ['a list of nobody', [], [false, false, false, false]],
    ['a definition that says nothing: on', {}, [true, true, true, true]],
    ['a definition that is switched off', { enabled: false }, [false, false, false, false]],
    ['a definition that says it is on', { enabled: true }, [true, true, true, true]],
    ['variants with values', { variants: { blue: '#00f', red: '#f00' }, serve: 'blue' }, Array(4).fill('#00f')],
    ['variants with an off one', { variants: { small: 10, large: 50 }, off: 'small' }, [50, 50, 50, 50]],
    ['rules', { rules: [{ when: { userId: [2] } }] }, [false, true, false, false]],
    [
      'rules and what the others get',
      { rules: [{ when: { userId: [2] }, serve: 'off' }], serve: 'on' },
      [true, false, true, true],
    ],
  ])('%s', (_what, input, values) => {
    expect(forUsers(input)).toEqual(values);
  });

  it('said to be a boolean flag with another off variant', () => {
    const definitions = { KILL_SWITCH: { off: 'on', enabled: false } };
    expect(aReader({ definitions }).value('KILL_SWITCH', false)).toBe(true);
  });
});

describe('a definition is refused', () => {
  it.each([
    ['null', null, 'is null'],
    ['undefined', undefined, 'is undefined'],
    ['a text', 'on', 'is "on"'],
    ['a function', () => true, 'is function'],
    ['a percentage above 100', 101, 'serve'],
    ['a negative percentage', -1, 'serve'],
    ['NaN', Number.NaN, 'serve'],
    ['a list with what is no user', [1, null], 'rules.0.when.userId.1'],
    ['a list with an empty user', [''], 'rules.0.when.userId.0: is not a user id'],
    ['a list with a number too large to be exact', [2 ** 53], 'rules.0.when.userId.0'],
    ['an unknown field', { enabeld: true }, 'enabeld'],
    ['a field of the wrong type', { enabled: 'yes' }, 'enabled'],
    ['a kill of the wrong type', { killed: 1 }, 'killed'],
    ['an unknown kind', { kind: 'perm' }, 'kind'],
    ['a rule without a condition', { rules: [{ serve: 'on' }] }, 'rules.0.when'],
    ['overrides that are no list', { overrides: { on: 1 } }, 'overrides.on'],
    [
      'an off variant that there is not',
      { off: 'blue' },
      `names "blue" as its off variant, which is not one of 'on', 'off'`,
    ],
    ['a single variant', { variants: ['on'] }, 'has 1 variant; a flag decides between at least two'],
    ['variants of mixed types', { variants: { a: 1, b: 'x' } }, 'mixes values of different types (number, string)'],
    ['variants whose last reads as on', { variants: ['HIDDEN', 'VISIBLE'] }, 'reads as on; say which one is off'],
  ])('as %s, and the message names flag, place and problem', (_what, input, message) => {
    const complain = () => aReader({ definitions: { FLAG: input } });
    expect(complain).toThrow(GatekeeperError);
    expect(complaintAbout({ definitions: { FLAG: input } })).toMatch(/^Flag "FLAG" \(definitions\) .+\.$/);
    expect(complaintAbout({ definitions: { FLAG: input } })).toContain(message);
  });

  it('with a message that a person can still read, however much is given', () => {
    const users = [...Array.from({ length: 10_000 }, (_, id) => `user-${id}`), null];
    expect(complaintAbout({ definitions: { FLAG: users } }).length).toBeLessThan(400);
  });
});

it.each(['__proto__', 'constructor', 'toString'])('a variant may be named %s in all parts of a definition', (name) => {
  const definition = (text: string): unknown => JSON.parse(text.replaceAll('NAME', name));
  const read = (text: string, userId = 1): unknown =>
    aReader({ definitions: { FLAG: definition(text) }, userId }).ffVariant('FLAG');
  expect(read('{ "variants": ["NAME", "other"], "serve": "NAME" }')).toBe(name);
  expect(read('{ "variants": { "NAME": 1, "other": 2 }, "serve": "NAME" }')).toBe(name);
  expect(read('{ "variants": ["NAME", "other"], "serve": "other", "overrides": { "NAME": [1] } }')).toBe(name);
  expect(read('{ "variants": ["NAME", "other"], "serve": { "split": { "NAME": 1, "other": 0 } } }')).toBe(name);
});
