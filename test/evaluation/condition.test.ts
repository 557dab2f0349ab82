import { describe, expect, it } from 'vitest';
import { ListedUsers } from '../../src/evaluation/condition.js';
import { Subject } from '../../src/evaluation/subject.js';

describe('a list of users', () => {
  const listed = new ListedUsers([0, 1, '2', 'ann@example.com']);
  const matches = (userId: unknown): boolean => listed.matches(new Subject(userId as never));

  it.each([0, '0', 1, '1', 2, '2', 2n, 'ann@example.com'])('has %o', (userId) => {
    expect(matches(userId)).toBe(true);
  });

  it.each([3, '', 'Ann@example.com', ' 1', null, undefined, Number.NaN, 'constructor', '__proto__'])(
    'has not %o',
    (id) => {
      expect(matches(id)).toBe(false);
    },
  );

  it('says how many it lists, not whom', () => {
    expect(listed.text).toBe('the user is one of 4 listed');
  });
});
