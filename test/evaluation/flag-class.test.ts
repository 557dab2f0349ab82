import { FeatureFlagConfig, featureFlag, GatekeeperError } from 'express-gatekeeper';
import { describe, expect, it } from 'vitest';
import { aFlag } from './a-flag.js';
import { aReader, complaintAbout } from './a-reader.js';

class Undecided extends FeatureFlagConfig {
  readonly flagName = 'UNDECIDED';
  readonly variants = ['ON', 'OFF'];
  declare pickVariant: () => string;
}

class BlueButton extends featureFlag({ name: 'BLUE_BUTTON', variants: ['ON', 'OFF'] }) {
  pickVariant(): 'ON' {
    return 'ON';
  }
}

describe('gatekeeper() refuses', () => {
  it.each([
    ['a flag without pickVariant', new Undecided(), 'Flag "UNDECIDED" has no pickVariant; add pickVariant(context)'],
    [
      'the class instead of an instance',
      BlueButton,
      'flags[0] is the class BlueButton itself; give an instance: new BlueButton()',
    ],
    ['what is no flag at all', { name: 'X' }, 'flags[0] is {"name":"X"}; give an instance of a class that extends'],
    ['a name instead of a flag', 'BLUE_BUTTON', 'flags[0] is "BLUE_BUTTON"; give an instance of a class that extends'],
    [
      'undefined',
      undefined,
      'flags[0] is undefined; give an instance of a class that extends FeatureFlagConfig or featureFlag(',
    ],
    ['null', null, 'flags[0] is null; give an instance of a class'],
    ['a list in the list', [new BlueButton()], 'give an instance of a class'],
    [
      'an unknown kind',
      aFlag({ kind: 'perm' }),
      'is of the kind "perm"; use one of release, experiment, ops, permission',
    ],
    ['a kind that every object has', aFlag({ kind: 'constructor' }), 'is of the kind "constructor"; use one of'],
    ['a description that is no text', aFlag({ description: 7 }), 'has 7 for description; use a string'],
    ['a bucketBy that is no text', aFlag({ bucketBy: ['company'] }), 'has ["company"] for bucketBy; use a string'],
    ['a salt that is no text', aFlag({ salt: 1 }), 'has 1 for salt; use a string'],
    ['an overridable that is no boolean', aFlag({ overridable: 'no' }), 'has "no" for overridable; use a boolean'],
  ])('%s, naming it and the fix', (_what, flag, message) => {
    const complain = () => aReader({ flags: [flag] });
    expect(complain).toThrow(GatekeeperError);
    expect(complain).toThrow(expect.objectContaining({ code: 'INVALID_FLAG' }));
    expect(complaintAbout({ flags: [flag] })).toContain(message);
  });

  it('two flags of one name, naming both classes', () => {
    class GreenButton extends BlueButton {}
    expect(complaintAbout({ flags: [new BlueButton(), new GreenButton()] })).toBe(
      'Flag "BLUE_BUTTON" is there twice, as class BlueButton and as class GreenButton; rename one or remove it.',
    );
  });

  it('one instance listed twice', () => {
    const flag = new BlueButton();
    expect(complaintAbout({ flags: [flag, flag] })).toContain('Flag "BLUE_BUTTON" is there twice');
  });

  it('the second of two flags by its place in the list', () => {
    expect(complaintAbout({ flags: [new BlueButton(), BlueButton] })).toContain('flags[1] is the class BlueButton');
  });
});

describe('the name of a flag', () => {
  it.each([
    ['missing', undefined, 'undefined'],
    ['empty', '', '""'],
    ['a number', 7, '7'],
    ['of a line break', 'A\nB', '"A\\nB"'],
    ['of a carriage return', 'A\rB', '"A\\rB"'],
    ['of a NUL', 'A\0B', '"A\\u0000B"'],
    ['of an escape', 'A\u001b[31m', '"A\\u001b[31m"'],
    ['of a C1 control character', 'A\u0085B', 'remove control characters'],
    ['of a line separator', 'A\u2028B', 'remove control characters'],
    ['of a half of a character', 'A\ud83d', 'remove control characters and halves of characters'],
    ['of the other half', '\ude00B', 'remove control characters and halves of characters'],
    ['of halves in the wrong order', '\ude00\ud83d', 'halves of characters'],
    [
      'with an empty folder',
      'team//flag',
      "folders are separated by one '/', without empty parts or spaces around them",
    ],
    ['with a leading slash', '/flag', "folders are separated by one '/'"],
    ['with a trailing slash', 'team/', "folders are separated by one '/'"],
    ['of a slash alone', '/', "folders are separated by one '/'"],
    ['with spaces around it', ' flag ', 'has " flag " for its name'],
    ['with spaces around a folder', 'team / flag', 'has "team / flag" for its name'],
    ['of more than 200 characters', 'x'.repeat(201), 'has a name of 201 characters; use at most 200'],
  ])('may not be %s, for flags of either sort', (_what, flagName, message) => {
    const complaints = [
      complaintAbout({ flags: [aFlag({ flagName })] }),
      typeof flagName === 'string' ? complaintAbout({ definitions: { [flagName]: true } }) : undefined,
    ].filter((complaint) => complaint !== undefined);
    expect(complaints[0]).toMatch(/^flags\[0\] \(class SomeFlag\) has .*name.*\.$/);
    for (const complaint of complaints) expect(complaint).toContain(message);
  });

  it.each([
    'x',
    'MY_NEW_FEATURE',
    'sign-up-team/address-field',
    'a/b/c/d',
    'two words',
    'größe',
    '日本語',
    '😀',
    '..',
    '<script>',
    'x'.repeat(200),
  ])('may be %s', (flagName) => {
    const reader = aReader({ flags: [aFlag({ flagName, pickVariant: () => 'ON' })] });
    expect(reader.ff(flagName, 'ON')).toBe(true);
  });
});
