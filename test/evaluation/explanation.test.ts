import { describe, expect, it } from 'vitest';
import { FlagReader } from '../../src/evaluation/flag-reader.js';
import { buildSnapshot } from '../../src/evaluation/snapshot.js';
import { Subject } from '../../src/evaluation/subject.js';
import { aFlag } from './a-flag.js';
import { aReader } from './a-reader.js';

const variants = ['ON', 'OFF'];

function text(definition: object, userId?: unknown): string {
  return aReader({ definitions: { FLAG: { variants, ...definition } }, userId }).explain('FLAG').text;
}

describe('an explanation says in one sentence', () => {
  it.each([
    ['that the flag is killed', { killed: true }, 1, 'The flag is killed: everyone gets OFF, overrides included.'],
    ['that the user has an override', { overrides: { ON: ['7'] } }, 7, 'User 7 is set to ON.'],
    ['that the flag is off', { enabled: false }, 1, 'The flag is off: everyone without an override gets OFF.'],
    [
      'which rule decided',
      { rules: [{ name: 'staff', when: { userId: [1, 2] } }] },
      1,
      'Rule staff: the user is one of 2 listed. Everyone gets ON.',
    ],
    ['what everyone gets', { serve: 'ON' }, 1, 'Everyone gets ON.'],
    // Of the salt FLAG, user 1 is at 35.160 % and user 3 at 93.791 %.
    [
      'where in the percentage the user is',
      { serve: { percentage: 50 } },
      1,
      '50 % get ON; this bucket is at 35.160 %, so ON is served.',
    ],
    [
      'that the user is outside of it',
      { serve: { percentage: 50 } },
      3,
      '50 % get ON; this bucket is at 93.791 %, so OFF is served.',
    ],
    ['how it splits', { serve: { split: { ON: 3, OFF: 0 } } }, 1, 'Split ON 3 : OFF 0; this bucket falls on ON.'],
    [
      'that there is nobody to bucket',
      { serve: { percentage: 50 } },
      undefined,
      'There is no user or anonymous id to bucket by, so OFF is served.',
    ],
    [
      'what it would bucket by',
      { bucketBy: 'company', serve: { percentage: 50 } },
      1,
      'There is no company to bucket by, so OFF is served.',
    ],
  ])('%s', (_what, definition, userId, sentence) => {
    expect(text(definition, userId)).toBe(sentence);
  });

  it('that the browser is set to a variant', () => {
    class Browser extends Subject {
      override browserOverride(): string {
        return 'ON';
      }
    }
    const snapshot = buildSnapshot({
      configs: [aFlag({})],
      definitions: { flags: {} },
      origin: 'definitions',
      revision: 0,
      report: () => undefined,
    });
    const reader = new FlagReader({ snapshot, stale: false, unknownFlag: () => undefined }, new Browser());
    expect(reader.explain('SOME_FLAG').text).toBe('This browser is set to ON.');
  });

  it('what the code picked, or what went wrong there', () => {
    const explain = (pickVariant: () => unknown) => aReader({ flags: [aFlag({ pickVariant })] }).explain('SOME_FLAG');
    expect(explain(() => 'ON').text).toBe("The flag's code picked ON.");
    expect(explain(() => 'BLUE').text).toBe(
      `pickVariant returned "BLUE", which is not one of 'ON', 'OFF'. The off variant OFF is served.`,
    );
    expect(explain(() => JSON.parse('')).text).toMatch(
      /^pickVariant threw: Unexpected end .* The off variant OFF is served\.$/,
    );
  });

  it('that there is no such flag', () => {
    const explanation = aReader({}).explain('NEW_SAERCH');
    expect(explanation).toMatchObject({ variant: null, reason: 'ERROR', errorCode: 'FLAG_NOT_FOUND' });
    expect(explanation.steps).toEqual([{ step: 'flag', decided: true, text: 'There is no flag "NEW_SAERCH".' }]);
  });
});

describe('an explanation', () => {
  it('tells what each step before the deciding one found', () => {
    const rules = [{ name: 'staff', when: { userId: [2] } }, { when: { userId: [1] } }];
    const { steps } = aReader({
      definitions: { FLAG: { variants, overrides: { OFF: [9] }, rules } },
      userId: 1,
    }).explain('FLAG');
    expect(steps).toEqual([
      { step: 'flag', decided: false, text: 'The flag is known.' },
      { step: 'kill', decided: false, text: 'The flag is not killed.' },
      { step: 'browserOverride', decided: false, text: 'This browser has no override.' },
      { step: 'userOverride', decided: false, text: 'This user has no override.' },
      { step: 'enabled', decided: false, text: 'The flag is on.' },
      { step: 'rules', decided: false, text: 'Rule staff does not match: it asks that the user is one of 1 listed.' },
      { step: 'rules', decided: true, text: 'Rule 2: the user is one of 1 listed. Everyone gets ON.' },
    ]);
  });

  it('agrees with every other read, though the flag’s code draws at random', () => {
    for (let round = 0; round < 20; round += 1) {
      const reader = aReader({ flags: [aFlag({ pickVariant: () => (Math.random() < 0.5 ? 'ON' : 'OFF') })] });
      const variant = round % 2 === 0 ? reader.ffVariant('SOME_FLAG') : reader.explain('SOME_FLAG').variant;
      const explanation = reader.explain('SOME_FLAG');
      expect(explanation.variant).toBe(variant);
      expect(explanation.text).toBe(`The flag's code picked ${variant}.`);
      expect(reader.ffVariant('SOME_FLAG')).toBe(variant);
    }
  });

  it('of a flag not read before asks the flag’s code once', () => {
    let asked = 0;
    const pickVariant = (): string => {
      asked += 1;
      return 'ON';
    };
    const reader = aReader({ flags: [aFlag({ pickVariant })] });
    reader.explain('SOME_FLAG');
    reader.ff('SOME_FLAG', 'ON');
    expect(asked).toBe(1);
  });

  it('holds the details, all of them', () => {
    const reader = aReader({
      definitions: { FLAG: { variants: { on: 1, off: 0 }, rules: [{ name: 'staff', when: { userId: [1] } }] } },
      userId: 1,
    });
    expect(reader.explain('FLAG')).toMatchObject(reader.details('FLAG'));
  });
});
