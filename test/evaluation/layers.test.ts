import type { FlagInput } from 'express-gatekeeper';
import { describe, expect, it } from 'vitest';
import { buildSnapshot, type Layer } from '../../src/evaluation/build-snapshot.js';
import { aFlag } from './a-flag.js';
import { aReader, complaintAbout } from './a-reader.js';
import { readerAt } from './a-snapshot.js';

/** A class flag that picks ON for user 1 alone. */
const flag = aFlag({
  flagName: 'BLUE_BUTTON',
  description: 'as the class says',
  pickVariant: ({ userId }: { userId?: unknown }) => (userId === 1 ? 'ON' : 'OFF'),
});

function read(definition: unknown, userId: unknown = 1) {
  return aReader({ flags: [flag], definitions: { BLUE_BUTTON: definition }, userId }).details('BLUE_BUTTON');
}

describe('a definition over a class', () => {
  it('that is false switches it off', () => {
    expect(read(false)).toMatchObject({ variant: 'OFF', reason: 'DISABLED' });
  });

  it('that is true leaves the choice to the class', () => {
    expect([1, 2].map((user) => read(true, user).variant)).toEqual(['ON', 'OFF']);
    expect(read(true).reason).toBe('DEFAULT');
  });

  it('that is a number serves the on variant to a percentage instead of asking the class', () => {
    expect(read(100, 2)).toMatchObject({ variant: 'ON', reason: 'STATIC' });
    expect(read(0, 1)).toMatchObject({ variant: 'OFF', reason: 'STATIC' });
    expect(read(50, 1).reason).toBe('SPLIT');
  });

  it('that is a list serves the on variant to those users; the class decides for the others', () => {
    expect(read([2], 2)).toMatchObject({ variant: 'ON', reason: 'TARGETING_MATCH', ruleName: 'listed users' });
    expect(read([2], 1)).toMatchObject({ variant: 'ON', reason: 'DEFAULT' });
    expect(read([2], 3)).toMatchObject({ variant: 'OFF', reason: 'DEFAULT' });
  });

  it('that serves something replaces the class’s choice, until it is null', () => {
    expect(read({ serve: 'OFF' })).toMatchObject({ variant: 'OFF', reason: 'STATIC' });
    expect(read({ serve: null })).toMatchObject({ variant: 'ON', reason: 'DEFAULT' });
  });

  it('has its rules asked before the class, which decides for those whom none matches', () => {
    const rules = [{ name: 'staff', when: { userId: [1] }, serve: 'OFF' }];
    expect(read({ rules })).toMatchObject({ variant: 'OFF', ruleName: 'staff' });
    expect(read({ rules: [{ when: { userId: 2 } }] }, 2)).toMatchObject({ variant: 'ON', ruleName: '1' });
    expect(read({ rules: [{ when: { userId: 2 } }] }, 3)).toMatchObject({ variant: 'OFF', reason: 'DEFAULT' });
  });

  it('has its overrides asked before those of the class', () => {
    const pinning = aFlag({ flagName: 'PINNING' }, { overrides: { ON: [1, 2] } });
    const definitions = { PINNING: { overrides: { OFF: [1] } } };
    const variantOf = (userId: number) => aReader({ flags: [pinning], definitions, userId }).ffVariant('PINNING');
    expect([1, 2, 3].map(variantOf)).toEqual(['OFF', 'ON', 'OFF']);
  });

  it('may kill it, and no override passes', () => {
    expect(read({ killed: true, overrides: { ON: [1] } })).toMatchObject({ variant: 'OFF', reason: 'DISABLED' });
  });

  it('may name another off variant', () => {
    expect(read({ off: 'ON', enabled: false })).toMatchObject({ variant: 'ON', reason: 'DISABLED' });
  });

  it.each([['ON', 'OFF'], { ON: 1, OFF: 0 }])('may not say what its variants are: %j', (variants) => {
    expect(complaintAbout({ flags: [flag], definitions: { BLUE_BUTTON: { variants } } })).toBe(
      'definitions: Flag "BLUE_BUTTON", variants: this flag has its variants in code; remove them here, or change the class.',
    );
  });

  it('may not serve what the class has not', () => {
    expect(complaintAbout({ flags: [flag], definitions: { BLUE_BUTTON: { serve: 'on' } } })).toBe(
      `definitions: Flag "BLUE_BUTTON", serve: "on" is not one of the variants 'ON', 'OFF'; did you mean 'ON'?`,
    );
  });

  it('leaves every field that it does not name as the class has it', () => {
    const bare = aReader({ flags: [flag], userId: 1 }).details('BLUE_BUTTON');
    expect(read({})).toEqual(bare);
  });

  it('decides about salt and unit before the class does', () => {
    const drawn = aFlag({ flagName: 'DRAWN', salt: 'class', bucketBy: 'company' });
    const serve = { percentage: 50 };
    const variants = (definition: object, attributes = {}) =>
      Array.from({ length: 60 }, (_, userId) =>
        aReader({ flags: [drawn], definitions: { DRAWN: { serve, ...definition } }, userId, attributes }).ff(
          'DRAWN',
          'ON',
        ),
      );
    const data = (salt: string) =>
      Array.from({ length: 60 }, (_, userId) =>
        aReader({ definitions: { DRAWN: { serve, salt } }, userId }).ff('DRAWN', 'on'),
      );
    expect(new Set(variants({}, { company: 'acme' })).size).toBe(1);
    expect(variants({ bucketBy: 'userId' })).toEqual(data('class'));
    expect(variants({ bucketBy: 'userId', salt: 'data' })).toEqual(data('data'));
  });
});

describe('flags of code and data', () => {
  it('stand side by side', () => {
    const reader = aReader({ flags: [flag], definitions: { dark_mode: true, 'checkout/express-pay': 0 } });
    expect(reader.all()).toEqual({ BLUE_BUTTON: 'OFF', dark_mode: 'on', 'checkout/express-pay': 'off' });
  });

  it('are on for visitors too when nobody has to be told apart', () => {
    expect(aReader({ definitions: { dark_mode: true } }).isEnabled('dark_mode')).toBe(true);
  });
});

describe('a definition over a class, in another tool’s words,', () => {
  it('serves the on variant to whoever is listed or targeted; the class decides for the others', () => {
    const targeted = { target_users: [2], target: [{ plan: 'premium' }] };
    const variantOf = (userId: number, attributes = {}) =>
      aReader({ flags: [flag], definitions: { BLUE_BUTTON: targeted }, userId, attributes }).details('BLUE_BUTTON');
    expect(variantOf(2)).toMatchObject({ variant: 'ON', ruleName: 'listed users' });
    expect(variantOf(3, { plan: 'premium' })).toMatchObject({ variant: 'ON', ruleName: 'target 1' });
    expect([1, 3].map((userId) => variantOf(userId))).toMatchObject([
      { variant: 'ON', reason: 'DEFAULT' },
      { variant: 'OFF', reason: 'DEFAULT' },
    ]);
  });

  it('lets everyone else fall to the percentage instead of the class', () => {
    expect(read({ percentage: 0, users: [2] }, 1)).toMatchObject({ variant: 'OFF', reason: 'STATIC' });
    expect(read({ rollout_percentage: 100 }, 3)).toMatchObject({ variant: 'ON', reason: 'STATIC' });
  });
});

describe('one layer of definitions over another', () => {
  const source = (definition: unknown, tolerant: boolean): Layer => ({
    definitions: { flags: { FLAG: definition as FlagInput } },
    origin: { name: tolerant ? 'flags.yaml' : 'definitions' },
    tolerant,
  });
  const details = (below: unknown, above: unknown, userId = 1) => {
    const layers = [source(below, false), source(above, true)];
    const snapshot = buildSnapshot({ configs: [], layers, revision: 0 });
    return readerAt(0, snapshot, userId).details('FLAG');
  };
  const below = { variants: ['small', 'large'], off: 'small', overrides: { large: [7] }, serve: 'large' };

  it('counts field by field: what the upper does not name stays as the lower has it', () => {
    expect(details(below, { description: 'sizes' })).toMatchObject({ variant: 'large', reason: 'STATIC' });
    expect(details(below, { serve: 'small' })).toMatchObject({ variant: 'small', reason: 'STATIC' });
    expect(details(below, { serve: 'small' }, 7)).toMatchObject({ variant: 'large', reason: 'OVERRIDE' });
    expect(details(below, { overrides: { large: [8] } }, 7)).toMatchObject({ reason: 'STATIC' });
  });

  it('takes short forms for the fields that they stand for', () => {
    expect(details(below, false)).toMatchObject({ variant: 'small', reason: 'DISABLED' });
    expect(details({ ...below, enabled: false }, true)).toMatchObject({ variant: 'large', reason: 'STATIC' });
    expect(details({ ...below, serve: 'small' }, [1])).toMatchObject({ variant: 'large', ruleName: 'listed users' });
    expect(details({ ...below, serve: 'small' }, [1], 2)).toMatchObject({ variant: 'small', reason: 'STATIC' });
    expect(details(below, 0)).toMatchObject({ variant: 'small', reason: 'STATIC' });
  });

  it.each([
    ['everyone', 100],
    ['everyone, in full', { serve: 'on', description: 'testers' }],
    ['a percentage', { percentage: 100, users: [8] }],
  ])('shuts out whoever a list above it does not name, though it had let in %s', (_whom, lower) => {
    for (const list of [[7], { users: [7] }, { target: [{ plan: 'pro' }], users: [7] }]) {
      expect([7, 8].map((userId) => details(lower, list, userId).variant)).toEqual(['on', 'off']);
    }
    expect(details(lower, []).variant).toBe('off');
  });

  it('lets in again whom the one above serves, or gives a percentage beside its list', () => {
    expect(details([7], 100).variant).toBe('on');
    expect(details([7], { serve: 'on' }).variant).toBe('on');
    expect(details(0, { users: [7], percentage: 100 }).variant).toBe('on');
    expect(details({ users: [7], enabled: false }, true, 8).variant).toBe('off');
  });

  it('stays shut to those whom its list does not name when the one above has other rules', () => {
    const rules = [{ when: { userId: 9 } }];
    expect([7, 8, 9].map((userId) => details([7], { rules }, userId).variant)).toEqual(['off', 'off', 'on']);
  });

  it('over a class leaves everyone else what the one below serves', () => {
    const layers = [100, [7]].map((definition) => ({
      definitions: { flags: { BLUE_BUTTON: definition } },
      origin: { name: 'definitions' },
      tolerant: false,
    }));
    const snapshot = buildSnapshot({ configs: [flag], layers, revision: 0 });
    expect(readerAt(0, snapshot, 8).ffVariant('BLUE_BUTTON')).toBe('ON');
  });

  it('keeps a list a list: nobody else has the flag because the upper layer describes it', () => {
    expect([1, 2].map((userId) => details([1], { description: 'testers' }, userId).variant)).toEqual(['on', 'off']);
    expect([1, 2].map((userId) => details({ description: 'testers' }, [1], userId).variant)).toEqual(['on', 'off']);
  });

  it('is shut when the one above shuts it, whatever else is wrong there', () => {
    const shut = [
      details(below, { enabled: false, serv: 'large' }),
      details(below, { killed: true, serv: 'large' }, 7),
      details({ ...below, killed: true }, { serv: 'large' }),
    ];
    expect(shut.map(({ variant }) => variant)).not.toContain('large');
  });

  it('stays in force when the one above it cannot be used', () => {
    expect(details(below, { serv: 'small' })).toMatchObject({ variant: 'large', reason: 'STATIC' });
  });
});

describe('what comes to light below a layer that cannot be used', () => {
  const below = { a: { prerequisites: { b: 'on' } }, b: true };
  const asking = (flag: string) => ({ rules: [{ when: { not: { flag: { [flag]: 'on' } } }, serve: 'off' }] });
  const unusable = { prerequisites: { gone: 'on' } };

  function built(lower: object, upper: object) {
    const layer = (flags: object, name: string): Layer => ({
      definitions: { flags: flags as Record<string, FlagInput> },
      origin: { name },
      tolerant: true,
    });
    return buildSnapshot({ configs: [], layers: [layer(lower, 'definitions'), layer(upper, 'store')], revision: 1 });
  }

  it('counts, when the flag it asks for can be decided without it', () => {
    const snapshot = built(below, { a: unusable, b: false });
    expect(readerAt(0, snapshot).details('a')).toMatchObject({ variant: 'off', reason: 'PREREQUISITE_FAILED' });
  });

  it('does not count, when the flag would then depend on itself', () => {
    const snapshot = built({ a: asking('b'), b: true }, { a: { ...unusable, rules: [] }, b: asking('a') });
    expect(readerAt(0, snapshot).details('a')).toMatchObject({
      variant: 'off',
      reason: 'ERROR',
      errorCode: 'PARSE_ERROR',
    });
    expect(readerAt(0, snapshot).details('b')).toMatchObject({ variant: 'off', reason: 'TARGETING_MATCH' });
    expect(snapshot.problems.map(({ name }) => name)).toEqual(['a']);
  });

  it('counts of all that fell back but for the one that closes the circle', () => {
    const snapshot = built(
      { a: asking('b'), b: asking('a') },
      { a: { ...unusable, rules: [] }, b: { ...unusable, rules: [] } },
    );
    const { reason: first } = readerAt(0, snapshot).details('a');
    const { reason: second } = readerAt(0, snapshot).details('b');
    expect([first, second]).toEqual(['ERROR', 'TARGETING_MATCH']);
  });

  it('counts of flags that tie each other up from above', () => {
    const snapshot = built(below, { a: { description: 'asks for b' }, b: { prerequisites: { a: 'on' } } });
    expect(readerAt(0, snapshot).all()).toEqual({ a: 'on', b: 'on' });
    expect(snapshot.problems.map(({ name }) => name)).toEqual(['a', 'b']);
  });
});
