import type { UserId } from 'express-gatekeeper';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { userKey } from '../../src/evaluation/user-id.js';
import { aFlag } from './a-flag.js';
import { aReader } from './a-reader.js';

describe('userKey', () => {
  it.each([
    [0, '0'],
    [-0, '0'],
    ['0', '0'],
    [1, '1'],
    ['1', '1'],
    [1.5, '1.5'],
    [-7, '-7'],
    [Number.MAX_SAFE_INTEGER, '9007199254740991'],
    [12345678901234567890n, '12345678901234567890'],
    [' ', ' '],
    ['constructor', 'constructor'],
  ])('knows %o as %o', (id, key) => {
    expect(userKey(id)).toBe(key);
  });

  it.each([undefined, null, '', Number.NaN, true, false, {}, { id: 1 }, [], [1], Symbol('1'), () => 1, Object(1)])(
    'knows nobody as %o',
    (id) => {
      expect(userKey(id)).toBeUndefined();
    },
  );

  it('tells two whole numbers apart exactly when they differ, written as numbers or as text', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), fc.maxSafeInteger(), (one, other) => {
        expect(userKey(one) === userKey(String(other))).toBe(one === other);
      }),
    );
  });

  it('takes anything whatever, and gives a name or nobody', () => {
    fc.assert(
      fc.property(fc.anything({ withBigInt: true, withNullPrototype: true }), (id) => {
        expect((userKey(id) ?? 'nobody').length).toBeGreaterThan(0);
      }),
    );
  });
});

describe('a user', () => {
  const isListed = aFlag({
    flagName: 'CODE',
    pickVariant: ({ isUser }: { isUser(...ids: unknown[]): boolean }) => (isUser(0, '1', 7) ? 'ON' : 'OFF'),
  });
  const definitions = {
    LIST: [0, '1', 7],
    PINNED: { overrides: { on: [0, '1', 7] }, serve: 'off' },
    HALF: { serve: { percentage: 50 } },
  };
  const read = (userId: unknown): unknown => {
    const reader = aReader({ flags: [isListed], definitions, userId });
    return { code: reader.isEnabled('CODE'), list: reader.isEnabled('LIST'), pinned: reader.isEnabled('PINNED') };
  };
  const everywhere = { code: true, list: true, pinned: true };
  const nowhere = { code: false, list: false, pinned: false };

  it.each([0, '0', 1, '1', 1n, 7, '7'])('is found in lists, in overrides and by isUser as %o', (userId) => {
    expect(read(userId)).toEqual(everywhere);
  });

  it.each(['', Number.NaN, null, undefined, {}, { id: 7 }, [7], true, '01', ' 1', '1.0', 2])(
    'is found in none of them as %o',
    (userId) => {
      expect(read(userId)).toEqual(nowhere);
    },
  );

  it.each([0, 1, 42])('has one bucket, as the number %i and as text', (id) => {
    const variantOf = (userId: UserId): unknown => aReader({ definitions, userId }).ffVariant('HALF');
    expect(variantOf(id)).toBe(variantOf(String(id)));
  });

  it('without an id has no bucket', () => {
    for (const userId of ['', Number.NaN, null, {}]) {
      expect(aReader({ definitions, userId }).details('HALF')).toMatchObject({ variant: 'off', reason: 'DEFAULT' });
    }
  });
});
