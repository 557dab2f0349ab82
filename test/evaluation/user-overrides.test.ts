import { describe, expect, it } from 'vitest';
import { aFlag } from './a-flag.js';
import { aReader, complaintAbout } from './a-reader.js';

function complaint(overrides: unknown): string {
  return complaintAbout({ flags: [aFlag({ flagName: 'BLUE_BUTTON' }, { overrides })] });
}

describe('overrides', () => {
  it.each([
    ['an unknown variant', { BLUE: [1] }, `overrides "BLUE", which is not one of its variants 'ON', 'OFF'`],
    ['a variant in the wrong case', { on: [1] }, `which is not one of its variants 'ON', 'OFF'; did you mean 'ON'?`],
    ['an unknown variant without users', { BLUE: [] }, 'overrides "BLUE", which is not one of its variants'],
    ['what every object has', { constructor: [1] }, 'overrides "constructor", which is not one of its variants'],
    ['one user for a list', { ON: 1 }, "overrides 'ON' for 1; give a list of user ids, e.g. { ON: [1, 2] }"],
    ['a set of users', { ON: new Set([1]) }, "overrides 'ON' for {}; give a list of user ids"],
    [
      'nobody',
      { ON: [undefined] },
      "overrides 'ON' for undefined, which is not a user id; use a number or a non-empty",
    ],
    ['an empty id', { ON: [''] }, `overrides 'ON' for "", which is not a user id`],
    ['NaN', { ON: [Number.NaN] }, "overrides 'ON' for NaN, which is not a user id"],
    ['a number too large to be exact', { ON: [2 ** 53] }, "overrides 'ON' for 9007199254740992"],
    ['a user object', { ON: [{ id: 1 }] }, `overrides 'ON' for {"id":1}, which is not a user id`],
    ['one user twice', { ON: [1], OFF: [1] }, `pins user "1" to both 'ON' and 'OFF'; keep one of them`],
    ['one user, as number and text', { ON: [1], OFF: ['1'] }, `pins user "1" to both 'ON' and 'OFF'; keep one of them`],
    ['user 0, as number and text', { ON: ['0'], OFF: [0] }, `pins user "0" to both 'ON' and 'OFF'; keep one of them`],
    ['a list', [1, 2], 'has [1,2] for its overrides; give a map of variant → user ids, e.g. { ON: [1, 2] }'],
    ['a text', 'ON', 'has "ON" for its overrides; give a map of variant → user ids'],
  ])('are refused for %s, and the message names flag, value and fix', (_what, overrides, message) => {
    expect(complaint(overrides)).toMatch(/^Flag "BLUE_BUTTON"[ ,].+[.?]$/);
    expect(complaint(overrides)).toContain(message);
  });

  it('may name one user twice for one variant, and a variant without users', () => {
    expect(complaint({ ON: [1, '1', 1], OFF: undefined })).toBe('no complaint');
  });

  it('are refused in a definition just the same', () => {
    const definitions = { BLUE_BUTTON: { overrides: { on: [1], off: ['1'] } } };
    expect(complaintAbout({ definitions })).toBe(
      `definitions: Flag "BLUE_BUTTON" pins user "1" to both 'on' and 'off'; keep one of them.`,
    );
  });

  it('of a definition are asked before those of the class', () => {
    const flags = [aFlag({ flagName: 'BLUE_BUTTON' }, { overrides: { ON: [1, 2] } })];
    const definitions = { BLUE_BUTTON: { overrides: { OFF: ['1'], ON: [3] } } };
    const variantOf = (userId: number) => aReader({ flags, definitions, userId }).ffVariant('BLUE_BUTTON');
    expect([1, 2, 3].map(variantOf)).toEqual(['OFF', 'ON', 'ON']);
  });

  it('find users with odd ids', () => {
    const flags = [aFlag({}, { overrides: { ON: ['__proto__', 'constructor', -1, 0.5, '日本語'] } })];
    const variantOf = (userId: unknown) => aReader({ flags, userId }).ffVariant('SOME_FLAG');
    expect(['__proto__', 'constructor', '-1', 0.5, '日本語'].map(variantOf)).toEqual(Array(5).fill('ON'));
    expect(['toString', 'hasOwnProperty', '1'].map(variantOf)).toEqual(Array(3).fill('OFF'));
  });

  it('may pin ten thousand users', () => {
    const flags = [aFlag({}, { overrides: { ON: Array.from({ length: 10_000 }, (_, id) => id) } })];
    const variantOf = (userId: number) => aReader({ flags, userId }).ffVariant('SOME_FLAG');
    expect([0, 9999, 10_000].map(variantOf)).toEqual(['ON', 'ON', 'OFF']);
  });
});
