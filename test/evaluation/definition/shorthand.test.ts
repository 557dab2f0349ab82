import { describe, expect, it } from 'vitest';
import { aReader, complaintAbout } from '../a-reader.js';

interface Person {
  readonly userId?: number | string;
  readonly attributes?: Record<string, unknown>;
}

const listed: Person = { userId: 'u1' };
const targeted: Person = { userId: 'x', attributes: { email: 'ann@company.com' } };
const premium: Person = { userId: 'y', attributes: { email: 'bob@example.com', plan: 'premium' } };
const somebody: Person = { userId: 'z', attributes: { email: 'bob@example.com', plan: 'basic' } };
const visitor: Person = {};

/** Whether a flag that is `map` is on for each of these people. */
function on(map: unknown, ...people: readonly Person[]): readonly boolean[] {
  return people.map((person) => aReader({ definitions: { FLAG: map }, ...person }).isEnabled('FLAG'));
}

describe('a map of another tool', () => {
  const full = {
    enabled: true,
    rollout_percentage: 0,
    target: [{ email: '*@company.com' }, { plan: 'premium' }],
    target_users: ['u1', 42],
  };

  it('gives the flag to whoever is listed or targeted by any of its maps', () => {
    expect(on(full, listed, { userId: 42 }, { userId: '42' }, targeted, premium)).toEqual(Array(5).fill(true));
    expect(on(full, somebody, visitor)).toEqual([false, false]);
  });

  it('lets everyone else fall to the percentage', () => {
    expect(on({ ...full, rollout_percentage: 100 }, somebody, visitor)).toEqual([true, true]);
    const half = { ...full, rollout_percentage: 50 };
    const people = Array.from({ length: 50 }, (_, userId) => ({ userId }));
    const plain = on(50, ...people);
    expect(on(half, ...people.filter(({ userId }) => userId !== 42))).toEqual(plain.filter((_, id) => id !== 42));
    expect(new Set(plain)).toEqual(new Set([true, false]));
  });

  it('is off for everyone else with targets and no percentage', () => {
    const { rollout_percentage: _, ...targets } = full;
    expect(on(targets, listed, targeted, premium)).toEqual([true, true, true]);
    expect(on(targets, somebody, visitor)).toEqual([false, false]);
    expect(on({ target: [{ plan: 'premium' }] }, premium, somebody, visitor)).toEqual([true, false, false]);
    expect(on({ target_users: ['u1'] }, listed, somebody, visitor)).toEqual([true, false, false]);
  });

  it('that is not enabled is off for all, targets and percentage included', () => {
    const off = { ...full, enabled: false, rollout_percentage: 100 };
    expect(on(off, listed, targeted, premium, somebody, visitor)).toEqual(Array(5).fill(false));
  });

  it('that says nothing of enabled is switched off by nothing', () => {
    const { enabled: _, ...silent } = full;
    expect(on(silent, listed, targeted, premium, somebody)).toEqual([true, true, true, false]);
    expect(on({ percentage: 100 }, somebody, visitor)).toEqual([true, true]);
    expect(on({ users: ['u1'] }, listed, somebody)).toEqual([true, false]);
  });

  it('that only says that it is enabled is on for all', () => {
    expect(on({ enabled: true }, listed, somebody, visitor)).toEqual([true, true, true]);
    expect(on({ enabled: false }, listed, somebody, visitor)).toEqual([false, false, false]);
  });

  it.each(['users', 'target_users', 'allowed_users'])('may list its users under %s', (key) => {
    expect(on({ [key]: ['u1', 7] }, listed, { userId: '7' }, somebody)).toEqual([true, true, false]);
    expect(on({ [key]: ['u1'], percentage: 100 }, somebody)).toEqual([true]);
    expect(on({ [key]: [] }, listed, somebody)).toEqual([false, false]);
  });

  it('may list users under several names together', () => {
    const map = { users: [1], target_users: [2], allowed_users: [3] };
    expect(on(map, ...[1, 2, 3, 4].map((userId) => ({ userId })))).toEqual([true, true, true, false]);
  });

  it.each([['users'], ['target_users'], ['allowed_users']])('lists users as they are, * included, under %s', (key) => {
    const people = [{ userId: 'x*' }, { userId: 'x' }, { userId: 'xy' }, { userId: '1' }];
    expect(on({ [key]: ['x*', 1] }, ...people)).toEqual([true, false, false, true]);
    expect(on({ [key]: ['*'] }, ...people, visitor)).toEqual(Array(5).fill(false));
    expect(on(['x*', 1], ...people)).toEqual([true, false, false, true]);
  });

  it.each(['percentage', 'rollout_percentage'])('may write its percentage as %s', (key) => {
    const people = Array.from({ length: 50 }, (_, userId) => ({ userId }));
    expect(on({ [key]: 20 }, ...people)).toEqual(on(20, ...people));
    expect(on({ [key]: 0 }, ...people.slice(0, 3))).toEqual([false, false, false]);
  });

  it('targets by all attributes of one map together', () => {
    const map = { target: [{ email: '*@company.com', plan: 'premium' }, { country: ['SE', 'NO'] }] };
    expect(on(map, targeted, premium)).toEqual([false, false]);
    expect(on(map, { attributes: { email: 'x@company.com', plan: 'premium' } })).toEqual([true]);
    expect(on(map, { attributes: { country: 'NO' } })).toEqual([true]);
  });

  it('targets nobody with an empty list', () => {
    expect(on({ target: [] }, listed, somebody, visitor)).toEqual([false, false, false]);
    expect(on({ target: [], percentage: 100 }, somebody)).toEqual([true]);
  });

  it('makes rules of its lists, not overrides: a switched-off flag is off for the listed too', () => {
    const reader = aReader({ definitions: { FLAG: { users: [1] } }, userId: 1 });
    expect(reader.details('FLAG')).toMatchObject({ reason: 'TARGETING_MATCH', ruleName: 'listed users' });
    expect(on({ users: ['u1'], killed: true }, listed)).toEqual([false]);
  });

  it('may have beside it whatever else a definition has', () => {
    const map = { ...full, description: 'x', owner: 'y', variants: { big: 10, small: 1 }, overrides: { big: [9] } };
    const value = (userId: unknown) => aReader({ definitions: { FLAG: map }, userId }).value('FLAG', 0);
    expect(['u1', 'z', 9].map(value)).toEqual([10, 1, 10]);
  });

  it.each([
    [{ percentage: 1, rollout_percentage: 1 }, 'FLAG", percentage: stands beside rollout_percentage; use one.'],
    [{ percentage: 20, serve: 'on' }, 'FLAG", serve: stands beside percentage; use one or the other.'],
    [{ users: [1], rules: [] }, 'FLAG", rules: stands beside users; use one or the other.'],
    [{ target: [], users: [], serve: null }, 'FLAG", serve: stands beside users, target; use one or the other.'],
  ])('may not say the same in our words too: %j', (map, message) => {
    expect(complaintAbout({ definitions: { FLAG: map } })).toContain(message);
  });
});
