import { describe, expect, it } from 'vitest';
import { aFlag } from '../a-flag.js';
import { aReader, complaintAbout } from '../a-reader.js';
import { aSnapshot, readerAt } from '../a-snapshot.js';
import { failure, type Surroundings, truth } from './a-condition.js';

const around: Surroundings = {
  segments: {
    beta: { users: [7, 'user-7'], when: { plan: 'premium' } },
    staff: [1, 2],
    swedes: { when: { country: 'SE' } },
    insiders: { when: { any: [{ segment: 'beta' }, { segment: 'staff' }] } },
    nobody: {},
  },
  flags: {
    dark_mode: { overrides: { on: [7] }, serve: 'off' },
    checkout: {
      variants: ['control', 'one_click', 'wallet'],
      overrides: { wallet: [7], one_click: [8] },
      serve: 'control',
    },
  },
};

describe('a segment', () => {
  it.each([
    ['beta', 7, {}, true],
    ['beta', '7', {}, true],
    ['beta', 'user-7', {}, true],
    ['beta', 8, { plan: 'premium' }, true],
    ['beta', 8, { plan: 'basic' }, false],
    ['beta', 8, {}, undefined],
    ['beta', undefined, { plan: 'premium' }, true],
    ['beta', undefined, { plan: 'basic' }, undefined],
    ['staff', 2, {}, true],
    ['staff', 3, {}, false],
    ['staff', undefined, {}, undefined],
    ['swedes', undefined, { country: 'SE' }, true],
    ['swedes', undefined, { country: 'NO' }, false],
    ['insiders', 2, { plan: 'basic' }, true],
    ['insiders', 3, { plan: 'premium' }, true],
    ['insiders', 3, { plan: 'basic' }, false],
    ['nobody', 7, { plan: 'premium' }, false],
    [['staff', 'swedes'], 3, { country: 'SE' }, true],
    [['staff', 'swedes'], 3, { country: 'NO' }, false],
    [['staff', 'swedes'], 3, {}, undefined],
  ])('%j has user %o with %j: %s', (segment, userId, attributes, expected) => {
    expect(truth({ segment }, attributes, userId, around)).toBe(expected);
    const contrary = expected === undefined ? undefined : !expected;
    expect(truth({ not: { segment } }, attributes, userId, around)).toBe(contrary);
  });

  it('says why somebody is not in it', () => {
    const why = (segment: unknown, userId?: unknown, attributes = {}) =>
      failure({ segment }, attributes, userId, around);
    expect(why('staff', 3)).toBe('the user is not in staff (user 3 is not listed)');
    expect(why('swedes', 3, { country: 'NO' })).toBe(
      'the user is not in swedes (country is "NO", and it has to be "SE")',
    );
    expect(why(['staff', 'swedes'])).toBe(
      'the user is not in staff (there is no user), and the user is not in swedes (there is no country)',
    );
  });
});

describe('what another flag serves', () => {
  it.each([
    [{ dark_mode: 'on' }, 7, true],
    [{ dark_mode: 'on' }, 8, false],
    [{ dark_mode: true }, 7, true],
    [{ dark_mode: false }, 8, true],
    [{ dark_mode: false }, 7, false],
    [{ checkout: 'wallet' }, 7, true],
    [{ checkout: ['one_click', 'wallet'] }, 8, true],
    [{ checkout: ['one_click', 'wallet'] }, 9, false],
    [{ checkout: 'wallet', dark_mode: 'on' }, 7, true],
    [{ checkout: 'one_click', dark_mode: 'on' }, 8, false],
  ])('%j, for user %o: %s', (flag, userId, expected) => {
    expect(truth({ flag }, {}, userId, around)).toBe(expected);
    expect(truth({ not: { flag } }, {}, userId, around)).toBe(!expected);
  });

  it('is what its code picks, when it is a class', () => {
    const flags = [
      aFlag({ flagName: 'CODE', pickVariant: ({ userId }: { userId?: unknown }) => (userId === 7 ? 'ON' : 'OFF') }),
    ];
    const definitions = { via: { rules: [{ when: { flag: { CODE: 'ON' } } }], serve: 'off' } };
    const variantOf = (userId: number) => aReader({ flags, definitions, userId }).ffVariant('via');
    expect([7, 8].map(variantOf)).toEqual(['on', 'off']);
  });

  it('is the off variant of one that is killed, and OVERRIDE counts as any other', () => {
    const definitions = {
      killed: { killed: true, overrides: { on: [7] } },
      pinned: { enabled: false, overrides: { on: [7] } },
      after_killed: { prerequisites: { killed: 'on' } },
      after_pinned: { prerequisites: { pinned: 'on' } },
    };
    expect({ ...aReader({ definitions, userId: 7 }).all() }).toMatchObject({ after_killed: 'off', after_pinned: 'on' });
  });

  it('says what it serves instead', () => {
    expect(failure({ flag: { checkout: ['one_click', 'wallet'] } }, {}, 9, around)).toBe(
      'flag checkout serves control, not one_click or wallet',
    );
  });
});

/** Levels of four, each of which refers to all four below it: 4⁸ ways lead down from the top. */
const LEVELS = Array.from({ length: 9 }, (_, level) => [0, 1, 2, 3].map((index) => `${level}-${index}`));

/** What each name stands for: the lowest level is `ground`, the others refer to those below. */
function tower(ground: unknown, referring: (below: readonly string[]) => unknown): Record<string, unknown> {
  return Object.fromEntries(
    LEVELS.flatMap((names, level) =>
      names.map((name) => [name, level === 0 ? ground : referring(LEVELS[level - 1] ?? [])]),
    ),
  );
}

describe('references that branch', () => {
  const flags = tower({ rules: [{ when: { plan: 'premium' } }], serve: 'off' }, (below) => ({
    prerequisites: Object.fromEntries(below.map((name) => [name, 'on'])),
  }));
  const segments = tower({ when: { plan: 'basic' } }, (segment) => ({ when: { segment } }));

  it('are refused before they cost more than a request has time for', () => {
    expect(complaintAbout({ definitions: flags })).toContain(
      'Flag "5-0" asks more than 1000 times for others; let it ask for fewer.',
    );
    expect(complaintAbout({ segments })).toContain('Segment "5-0" asks more than 1000 times for others');
  });

  it('cost little wherever they are taken', () => {
    let reads = 0;
    const attributes = {
      get plan(): string {
        reads += 1;
        return 'premium';
      },
    };
    const snapshot = aSnapshot({
      flags: { ...flags, inside: looksAt('4-0'), beyond: looksAt('8-0') },
      segments,
      tolerant: true,
    });
    for (const [name, variant] of [
      ['4-0', 'on'],
      ['8-0', 'off'],
      ['inside', 'off'],
      ['beyond', 'off'],
    ] as const) {
      reads = 0;
      expect(readerAt(0, snapshot, 1, attributes).ffVariant(name), name).toBe(variant);
      expect(reads, name).toBeLessThanOrEqual(1000);
    }
  });
});

/** A flag for those in a segment. */
function looksAt(segment: string): object {
  return { rules: [{ when: { segment } }], serve: 'off' };
}
