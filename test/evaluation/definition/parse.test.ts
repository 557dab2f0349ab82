import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { aReader } from '../a-reader.js';

const only2 = { when: { userId: 2 }, serve: 'off' };
const half = { when: { userId: { exists: true } }, serve: { percentage: 50 } };

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
    ['a definition made in another realm', runInNewContext('({ enabled: false })'), [false, false, false, false]],
    ['a definition without a prototype', Object.assign(Object.create(null), { enabled: false }), Array(4).fill(false)],
    ['one percentage beside none', { percentage: 0, rollout_percentage: undefined }, Array(4).fill(false)],
    ['a definition that is switched off', { enabled: false }, [false, false, false, false]],
    ['a definition that says it is on', { enabled: true }, [true, true, true, true]],
    ['variants with values', { variants: { blue: '#00f', red: '#f00' }, serve: 'blue' }, Array(4).fill('#00f')],
    ['variants with an off one', { variants: { small: 10, large: 50 }, off: 'small' }, [50, 50, 50, 50]],
    ['rules alone: the others get the on variant', { rules: [only2] }, [true, false, true, true]],
    ['rules and off for the others', { rules: [{ when: { userId: 2 } }], serve: 'off' }, [false, true, false, false]],
    ['a rule for a percentage of those who match', { rules: [half] }, [true, true, false, false]],
    ['a definition with nothing to serve in particular', { serve: null }, [true, true, true, true]],
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

describe.each(['constructor', 'toString', 'hasOwnProperty', 'valueOf', 'then'])('a variant named %s', (name) => {
  const read = (text: string): unknown => {
    const definition: unknown = JSON.parse(text.replaceAll('NAME', name));
    return aReader({ definitions: { FLAG: definition }, userId: 1 }).ffVariant('FLAG');
  };

  it.each([
    '{ "variants": ["NAME", "other"], "serve": "NAME" }',
    '{ "variants": { "NAME": 1, "other": 2 }, "serve": "NAME" }',
    '{ "variants": ["NAME", "other"], "serve": "other", "overrides": { "NAME": [1] } }',
    '{ "variants": ["NAME", "other"], "serve": { "split": { "NAME": 1, "other": 0 } } }',
    '{ "variants": ["NAME", "other"], "serve": { "percentage": 100, "variant": "NAME" } }',
    '{ "variants": ["other", "NAME"], "off": "NAME", "enabled": false }',
  ])('is one like any other: %s', (text) => {
    expect(read(text)).toBe(name);
  });
});

describe('a flag', () => {
  it('may carry what people want to know about it, and is served as ever', () => {
    const about = {
      description: 'One-click payment',
      kind: 'experiment',
      owner: 'payments',
      expires: '2027-03-31',
      tags: ['checkout', 'q1'],
      clientSide: true,
    };
    const reader = aReader({ definitions: { FLAG: { ...about, serve: 'on' } } });
    expect(reader.ffVariant('FLAG')).toBe('on');
    expect(reader.getConfigMap().get('FLAG')).toMatchObject({ description: 'One-click payment', kind: 'experiment' });
  });

  it('past its expiry is served as before: nobody is surprised by a date', () => {
    expect(aReader({ definitions: { FLAG: { expires: '2020-01-01' } } }).isEnabled('FLAG')).toBe(true);
  });
});
