import { describe, expect, it } from 'vitest';
import { FlagReader } from '../../../src/evaluation/flag-reader.js';
import { Subject } from '../../../src/evaluation/subject.js';
import { aSnapshot, aSource } from '../a-snapshot.js';

/** What may be known of somebody to bucket by. */
interface Known {
  readonly userId?: string;
  readonly anonymousId?: string;
  readonly sessionId?: string;
  readonly attributes?: Record<string, unknown>;
}

class Person extends Subject {
  readonly #person: Known;

  constructor(snapshot: ReturnType<typeof aSnapshot>, person: Known) {
    super(aSource(snapshot), person.userId, person.attributes);
    this.#person = person;
  }

  override get anonymousId(): string | undefined {
    return this.#person.anonymousId;
  }

  override get sessionId(): string | undefined {
    return this.#person.sessionId;
  }
}

const SERVES = {
  percentage: { percentage: 50 },
  split: { split: { on: 1, off: 1 } },
  ramp: { ramp: { start: '2020-01-01', days: [[0, 50]] } },
};

/** What a flag bucketed in this way gives to these. */
function given(bucketBy: string | undefined, serve: object, people: readonly Known[]): readonly unknown[] {
  const flag = { serve, ...(bucketBy === undefined ? {} : { bucketBy }) };
  const snapshot = aSnapshot({ flags: { FLAG: flag } });
  return people.map((known) => new FlagReader(new Person(snapshot, known)).ffVariant('FLAG'));
}

const numbers = Array.from({ length: 40 }, (_, index) => `id-${index}`);

describe.each(Object.entries(SERVES))('a %s', (_kind, serve) => {
  const expected = given(
    undefined,
    serve,
    numbers.map((userId) => ({ userId })),
  );

  it('takes some in and leaves some out', () => {
    expect(new Set(expected)).toEqual(new Set(['on', 'off']));
  });

  it.each([
    ['the user id', undefined, (id: string): Known => ({ userId: id, anonymousId: 'a', sessionId: 's' })],
    ['for visitors the anonymous id', undefined, (id: string): Known => ({ anonymousId: id, sessionId: 's' })],
    ['the user id alone, by userId', 'userId', (id: string): Known => ({ userId: id, anonymousId: 'a' })],
    ['the browser even after log-in', 'anonymousId', (id: string): Known => ({ userId: 'u', anonymousId: id })],
    ['the session', 'sessionId', (id: string): Known => ({ userId: 'u', sessionId: id })],
    ['an attribute', 'company', (id: string): Known => ({ userId: 'u', attributes: { company: id } })],
    ['a nested attribute', 'user.team', (id: string): Known => ({ userId: 'u', attributes: { user: { team: id } } })],
    ['a path that is one key', 'user.team', (id: string): Known => ({ attributes: { 'user.team': id, user: {} } })],
  ])('buckets by %s, and gives each id the same by whatever it came', (_what, bucketBy, known) => {
    expect(given(bucketBy, serve, numbers.map(known))).toEqual(expected);
  });

  it.each([
    ['nobody', undefined, {}],
    ['a visitor by userId', 'userId', { anonymousId: 'a', sessionId: 's' }],
    ['a user without a browser by anonymousId', 'anonymousId', { userId: 'u', sessionId: 's' }],
    ['a user without a session by sessionId', 'sessionId', { userId: 'u', anonymousId: 'a' }],
    ['a user without the attribute', 'company', { userId: 'u' }],
    ['a user whose attribute is empty', 'company', { userId: 'u', attributes: { company: '' } }],
    ['a user whose attribute is null', 'company', { userId: 'u', attributes: { company: null } }],
    ['a user whose attribute is true', 'company', { userId: 'u', attributes: { company: true } }],
    ['a user whose attribute is a list', 'company', { userId: 'u', attributes: { company: ['acme'] } }],
    ['a user whose attribute is an object', 'company', { userId: 'u', attributes: { company: { id: 1 } } }],
    ['a user by what every object has', 'constructor', { userId: 'u', attributes: {} }],
    ['a user by what every object has, deep', 'user.toString', { userId: 'u', attributes: { user: {} } }],
  ])('never shares a bucket between those of whom it knows nothing: %s', (_who, bucketBy, known: Known) => {
    const salts = Array.from({ length: 20 }, (_, index) => `salt-${index}`);
    const flags = Object.fromEntries(
      salts.map((salt) => [salt, { salt, serve, ...(bucketBy === undefined ? {} : { bucketBy }) }]),
    );
    const reader = new FlagReader(new Person(aSnapshot({ flags }), known));
    expect(new Set(Object.values(reader.all()))).toEqual(new Set(['off']));
    expect(reader.details('salt-0').reason).toBe('DEFAULT');
  });

  it('takes an attribute that is a number for the text of it', () => {
    const people = [7, '7', 7n].map((team) => ({ attributes: { team } }));
    expect(new Set(given('team', serve, people)).size).toBe(1);
  });
});
