import { GatekeeperError } from 'express-gatekeeper';
import { describe, expect, it } from 'vitest';
import { aReader } from '../a-reader.js';
import { WRONG_DEFINITIONS, type Wrong } from './wrong-definitions.js';

const others = { dark_mode: true };

/** The error that a definition is refused with. */
function refusal(definition: unknown): GatekeeperError {
  try {
    aReader({ definitions: { FLAG: definition, ...others } });
  } catch (error) {
    if (error instanceof GatekeeperError) return error;
    throw error;
  }
  throw new Error('it was taken');
}

describe.each(Object.entries(WRONG_DEFINITIONS))('of %s is refused, naming place, value and fix:', (_about, wrongs) => {
  it.each(wrongs as Wrong[])('%s', (_what, definition, ...contains) => {
    const { code, message } = refusal(definition);
    expect(code).toMatch(/^INVALID_(DEFINITION|FLAG)$/);
    expect(message).toMatch(/^definitions: Flag "FLAG"[ ,].+[.?]$/s);
    for (const part of contains) expect(message).toContain(part);
    expect(message.length).toBeLessThan(400);
    expect(message).not.toMatch(/\n/);
  });
});

describe('a message about a definition', () => {
  const everything = Object.values(WRONG_DEFINITIONS).flat();

  it('is in words of ours, which say what to write instead', () => {
    const foreign = everything
      .map(([what, definition]) => `${what}: ${refusal(definition).message}`)
      .filter((message) =>
        /Invalid input|Too (small|big)|>=|<=|received undefined/.test(message.replace('>=2.1.0', '')),
      );
    expect(foreign).toEqual([]);
  });

  it('never says of what is missing that it is null', () => {
    expect(refusal({ rules: [{ serve: 'on' }] }).message).not.toContain('is null');
  });

  it('never proposes what is written already', () => {
    const repeating = everything.map(([, definition]) => refusal(definition).message);
    expect(repeating.filter((message) => /unknown key "(.+?)"; did you mean '\1'/.test(message))).toEqual([]);
  });

  it('proposes only keys that definitions have', () => {
    expect(refusal({ variants: ['HIDDEN', 'VISIBLE'] }).message).not.toContain('offVariant');
  });

  it('can still be read by a person, however much is given', () => {
    const users = [...Array.from({ length: 10_000 }, (_, id) => `user-${id}`), null];
    for (const definition of [users, { overrides: { on: users } }, { rules: [{ when: { userId: users } }] }]) {
      expect(refusal(definition).message.length).toBeLessThan(400);
    }
  });
});

describe('a segment is refused', () => {
  it.each([
    ['a word', 'premium', 'Segment "beta" is "premium"; use a list of user ids, or a map with users and when.'],
    ['a percentage', 20, 'Segment "beta" is 20; use a list of user ids, or a map'],
    ['null', null, 'Segment "beta" is null; use a list of user ids'],
    ['a set', new Set([1]), 'Segment "beta" is an instance of Set; use a list of user ids, or a map'],
    [
      'a nested attribute',
      { when: { user: { plan: 'x' } } },
      'Segment "beta", when.user: has the unknown key "plan"; for',
    ],
    ['a misspelt key', { user: [1] }, `Segment "beta" has the unknown key "user"; did you mean 'users'?`],
    ['a user that is none', [1, {}], 'Segment "beta", [1]: {} is not a user id'],
    ['a user that is none, in a map', { users: [true] }, 'Segment "beta", users[0]: is true; a user id is a number'],
    ['a condition in words', { when: 'premium' }, 'Segment "beta", when: is "premium"'],
    ['a misspelt operator', { when: { age: { gtt: 1 } } }, `Segment "beta", when.age: has the unknown key "gtt"`],
    ['an unknown segment', { when: { segment: 'alpha' } }, 'Segment "beta", when.segment: there is no segment "alpha"'],
    ['a range that is none', { when: { app: { semver: '?' } } }, 'Segment "beta", when.app.semver: "?" is no range'],
  ])('as %s', (_what, segment, message) => {
    expect(() => aReader({ segments: { beta: segment } })).toThrow(GatekeeperError);
    expect(() => aReader({ segments: { beta: segment } })).toThrow(`definitions: ${message}`);
  });
});
