import { describe, expect, it } from 'vitest';
import { ListedUsers } from '../../../src/evaluation/conditions/listed-users.js';
import { aSubject } from '../a-snapshot.js';

describe('a list of users', () => {
  const listed = new ListedUsers([0, 1, '2', 'ann@example.com']);
  const matches = (userId: unknown): unknown => listed.matches(aSubject(userId));

  it.each([0, '0', 1, '1', 2, '2', 2n, 'ann@example.com'])('has %o', (userId) => {
    expect(matches(userId)).toBe(true);
  });

  it.each([3, 'Ann@example.com', ' 1', 'constructor', '__proto__', 'ann@example.co*'])('has not %o', (id) => {
    expect(matches(id)).toBe(false);
  });

  it.each(['', null, undefined, Number.NaN, {}])('cannot tell of nobody: %o', (id) => {
    expect(matches(id)).toBeUndefined();
  });

  it('says how many it lists, and whom only when there is one', () => {
    expect(listed.text).toBe('the user is one of 4 listed');
    expect(new ListedUsers([7]).text).toBe('the user is 7');
  });

  it('says of somebody else that he is not listed, and of a visitor that there is no user', () => {
    expect(listed.failure(aSubject(7))).toBe('user 7 is not listed');
    expect(listed.failure(aSubject())).toBe('there is no user');
  });
});
