import { describe, expect, it } from 'vitest';
import { aFlag } from './a-flag.js';
import { aReader } from './a-reader.js';

const flags = [
  aFlag({ flagName: 'BLUE_BUTTON', pickVariant: ({ userId }: { userId?: unknown }) => (userId === 1 ? 'ON' : 'OFF') }),
];
const definitions = {
  dark_mode: true,
  page_size: { variants: { small: 10, large: 50 }, off: 'small', overrides: { large: [1, 7] }, serve: 'small' },
  plans: { variants: { basic: { seats: 1 }, pro: { seats: 9 } }, off: 'basic', serve: 'pro' },
  tags: { variants: { none: [], some: ['new'] }, off: 'none', serve: 'some' },
  nothing: { variants: { none: null, some: { a: 1 } }, off: 'none', serve: 'none' },
  greeting: { variants: ['hello', 'howdy'], serve: 'hello' },
};

describe('ff and featureFlag', () => {
  it('are true for the variant that is served, and for no other', () => {
    const reader = aReader({ flags, definitions, userId: 1 });
    for (const ask of [reader.ff, reader.featureFlag] as const) {
      expect(ask.call(reader, 'BLUE_BUTTON', 'ON')).toBe(true);
      expect(ask.call(reader, 'BLUE_BUTTON', 'OFF')).toBe(false);
      expect(ask.call(reader, 'BLUE_BUTTON', 'BLUE')).toBe(false);
      expect(ask.call(reader, 'BLUE_BUTTON', undefined as never)).toBe(false);
    }
  });

  it('compare the variant, not its value', () => {
    const reader = aReader({ definitions });
    expect([reader.ff('dark_mode', 'on'), reader.ff('dark_mode', true as never)]).toEqual([true, false]);
  });
});

describe('ffVariant and getFeatureFlagVariant', () => {
  it('give the name of what is served', () => {
    const reader = aReader({ flags, definitions, userId: 1 });
    expect([reader.ffVariant('BLUE_BUTTON'), reader.getFeatureFlagVariant('page_size')]).toEqual(['ON', 'large']);
  });

  it('give what another user would get, when asked with an id', () => {
    const reader = aReader({ flags, definitions, userId: 1 });
    expect([2, '7', 0].map((id) => reader.ffVariant('page_size', id))).toEqual(['small', 'large', 'small']);
    expect(reader.getFeatureFlagVariant('page_size', 7)).toBe('large');
    expect(reader.ffVariant('page_size')).toBe('large');
  });
});

describe('isEnabled', () => {
  it('is true for every variant but the off one', () => {
    const read = (definition: unknown) => aReader({ definitions: { FLAG: definition } }).isEnabled('FLAG');
    const three = { variants: ['control', 'one_click', 'wallet'] };
    expect(['control', 'one_click', 'wallet'].map((serve) => read({ ...three, serve }))).toEqual([false, true, true]);
    expect([true, false, { killed: true }, { off: 'on', serve: 'on' }].map(read)).toEqual([true, false, false, false]);
  });
});

describe('match', () => {
  it('calls the function of the served variant alone, and returns what it returns', () => {
    const called: string[] = [];
    const cases = Object.fromEntries(['hello', 'howdy'].map((name) => [name, () => called.push(name) && name.length]));
    expect(aReader({ definitions }).match('greeting', cases)).toBe(5);
    expect(called).toEqual(['hello']);
  });

  it('gives undefined where there is no function for the variant, not even an inherited one', () => {
    const reader = aReader({ definitions: { FLAG: { variants: ['toString', 'other'], serve: 'toString' } } });
    expect(reader.match('FLAG', {})).toBeUndefined();
    expect(reader.match('FLAG', { toString: 'no function' as never })).toBeUndefined();
  });

  it('lets through what the function throws: it is the app’s own', () => {
    const fail = (): never => {
      throw new Error('mine');
    };
    expect(() => aReader({ definitions }).match('dark_mode', { on: fail, off: fail })).toThrow('mine');
  });
});

describe('details', () => {
  it('tell flag, variant, value, reason, and how fresh that is', () => {
    expect(aReader({ definitions }).details('page_size')).toEqual({
      flag: 'page_size',
      variant: 'small',
      value: 10,
      reason: 'STATIC',
      revision: 0,
      stale: false,
    });
  });

  it('name the rule or the error only where there is one', () => {
    const reader = aReader({
      flags: [aFlag({ pickVariant: () => 'BLUE' })],
      definitions: { beta: { rules: [{ name: 'testers', when: { userId: [1] } }] } },
      userId: 1,
    });
    expect(reader.details('beta')).toMatchObject({ reason: 'TARGETING_MATCH', ruleName: 'testers' });
    expect(reader.details('beta')).not.toHaveProperty('errorCode');
    expect(reader.details('SOME_FLAG')).toMatchObject({ reason: 'ERROR', errorCode: 'GENERAL', value: 'OFF' });
    expect(reader.details('SOME_FLAG')).not.toHaveProperty('ruleName');
  });
});

describe('all', () => {
  it('gives the variants of all flags in a record without a prototype', () => {
    const all = aReader({ flags, definitions, userId: 1 }).all();
    expect(Object.getPrototypeOf(all)).toBeNull();
    expect({ ...all }).toEqual({
      BLUE_BUTTON: 'ON',
      dark_mode: 'on',
      page_size: 'large',
      plans: 'pro',
      tags: 'some',
      nothing: 'none',
      greeting: 'hello',
    });
  });

  it('is empty when there are no flags', () => {
    expect(Object.keys(aReader({}).all())).toEqual([]);
  });
});

describe('forUser', () => {
  it('reads the same flags for somebody else, with attributes of their own', () => {
    const seen: unknown[] = [];
    const pickVariant = ({ userId, attributes }: { userId?: unknown; attributes: unknown }): string => {
      seen.push([userId, attributes]);
      return 'ON';
    };
    const reader = aReader({ flags: [aFlag({ pickVariant })], userId: 1, attributes: { plan: 'premium' } });
    reader.ff('SOME_FLAG', 'ON');
    reader.forUser(2).ff('SOME_FLAG', 'ON');
    reader.forUser(3, { plan: 'basic' }).ff('SOME_FLAG', 'ON');
    expect(seen).toEqual([
      [1, { plan: 'premium' }],
      [2, {}],
      [3, { plan: 'basic' }],
    ]);
  });

  it('can be asked about nobody', () => {
    const reader = aReader({ flags, definitions, userId: 1 });
    expect([undefined, '', null].map((id) => reader.forUser(id as never).ffVariant('page_size'))).toEqual(
      Array(3).fill('small'),
    );
  });

  it('can be asked again of what it gave', () => {
    expect(aReader({ definitions }).forUser(2).forUser(7).ffVariant('page_size')).toBe('large');
  });
});
