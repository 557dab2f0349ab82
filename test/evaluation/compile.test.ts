import { describe, expect, it } from 'vitest';
import { aFlag } from './a-flag.js';
import { aReader, complaintAbout } from './a-reader.js';

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

  it('has its rules asked before the class', () => {
    const rules = [{ name: 'staff', when: { userId: [1] }, serve: 'OFF' }];
    expect(read({ rules })).toMatchObject({ variant: 'OFF', ruleName: 'staff' });
  });

  it('may kill it, and no override passes', () => {
    expect(read({ killed: true, overrides: { ON: [1] } })).toMatchObject({ variant: 'OFF', reason: 'DISABLED' });
  });

  it('may name another off variant', () => {
    expect(read({ off: 'ON', enabled: false })).toMatchObject({ variant: 'ON', reason: 'DISABLED' });
  });

  it.each([['ON', 'OFF'], { ON: 1, OFF: 0 }])('may not say what its variants are: %j', (variants) => {
    expect(complaintAbout({ flags: [flag], definitions: { BLUE_BUTTON: { variants } } })).toBe(
      'Flag "BLUE_BUTTON" (definitions) has its variants in code; remove `variants` from its definition or change the class.',
    );
  });

  it('may not serve what the class has not', () => {
    expect(complaintAbout({ flags: [flag], definitions: { BLUE_BUTTON: { serve: 'on' } } })).toBe(
      `Flag "BLUE_BUTTON" (definitions) serves "on", which is not one of its variants 'ON', 'OFF'.`,
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
