import { describe, expect, it } from 'vitest';
import { FlagReader } from '../../src/evaluation/flag-reader.js';
import { Subject } from '../../src/evaluation/subject.js';
import { aFlag } from './a-flag.js';
import { aReader } from './a-reader.js';
import { aSnapshot, aSource, readerAt } from './a-snapshot.js';

const variants = ['ON', 'OFF'];
const christmas = Date.UTC(2026, 11, 24);

function text(definition: object, userId?: unknown, attributes = {}): string {
  const snapshot = aSnapshot({ flags: { FLAG: { variants, ...definition }, other: false }, segments: { beta: [7] } });
  return readerAt(christmas, snapshot, userId as number, attributes).explain('FLAG').text;
}

describe('an explanation says in one sentence', () => {
  it.each([
    ['that the flag is killed', { killed: true }, 1, 'The flag is killed: everyone gets OFF, overrides included.'],
    ['that the user has an override', { overrides: { ON: ['7'] } }, 7, 'User 7 is set to ON.'],
    ['that the flag is off', { enabled: false }, 1, 'The flag is off: everyone without an override gets OFF.'],
    [
      'which prerequisite fails',
      { prerequisites: { other: 'on' } },
      1,
      'A prerequisite fails: flag other serves off, not on. OFF is served.',
    ],
    [
      'which rule decided',
      { rules: [{ name: 'staff', when: { userId: [1, 2] } }] },
      1,
      'Rule staff matches. It serves ON.',
    ],
    [
      'which rule decided by its number',
      { rules: [{ when: { userId: 2 } }, { when: { userId: 1 }, serve: 'OFF' }] },
      1,
      'Rule 2 matches. It serves OFF.',
    ],
    ['what everyone gets', { serve: 'ON' }, 1, 'It serves ON.'],
    ['that nobody gets it', { serve: { percentage: 0 } }, 1, '0 % get ON.'],
    // Of the salt FLAG, user 1 is at 35.16 % and user 3 at 93.7907 %.
    [
      'where in the percentage the user is',
      { serve: { percentage: 50 } },
      1,
      '50 % get ON; the bucket is 35.16 %, so ON is served.',
    ],
    [
      'that the user is outside of it',
      { serve: { percentage: 50 } },
      3,
      '50 % get ON; the bucket is 93.7907 %, so OFF is served.',
    ],
    ['how it splits', { serve: { split: { ON: 3, OFF: 0 } } }, 1, 'Split ON 3 : OFF 0; the bucket falls on ON.'],
    [
      'that a rule matched and its percentage left the user out',
      { rules: [{ name: 'swedes', when: { userId: 3 }, serve: { percentage: 50 } }] },
      3,
      'Rule swedes matches. 50 % get ON; the bucket is 93.7907 %, so OFF is served.',
    ],
    [
      'how far the ramp is',
      {
        serve: {
          ramp: {
            start: '2026-12-01',
            days: [
              [0, 1],
              [7, 50],
            ],
          },
        },
      },
      1,
      'The ramp is at 50 % since 2026-12-08 00:00 UTC; the bucket is 35.16 %, so ON is served.',
    ],
    [
      'that the ramp has not begun',
      { serve: { ramp: { start: '2027-01-01', days: [[0, 50]] } } },
      1,
      'The ramp has not begun, so OFF is served.',
    ],
    [
      'that the ramp is at 0 %',
      { serve: { ramp: { at: [['2026-12-01', 0]] } } },
      1,
      'The ramp is at 0 %, so OFF is served.',
    ],
    [
      'that the ramp is done',
      { serve: { ramp: { at: [['2026-12-01', 100]] } } },
      1,
      'The ramp is at 100 %: everyone gets ON.',
    ],
    [
      'what the dates are and what day it is',
      { serve: { from: '2026-12-01', until: '2026-12-27' } },
      1,
      'ON is served from 2026-12-01 00:00 UTC until 2026-12-27 00:00 UTC; it is 2026-12-24 00:00 UTC, so ON is served.',
    ],
    [
      'that there is nobody to bucket',
      { serve: { percentage: 50 } },
      undefined,
      'There is no user or anonymous id to bucket by, so OFF is served.',
    ],
    [
      'what it would bucket by',
      { bucketBy: 'company', serve: { split: { ON: 1, OFF: 1 } } },
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

      protected override get mayBeOverridden(): boolean {
        return true;
      }
    }
    const reader = new FlagReader(new Browser(aSource(aSnapshot({ configs: [aFlag({})] }))));
    expect(reader.explain('SOME_FLAG').text).toBe('This browser is set to ON.');
  });

  it('what the code picked', () => {
    expect(aReader({ flags: [aFlag({ pickVariant: () => 'ON' })] }).explain('SOME_FLAG').text).toBe(
      "The flag's code picked ON.",
    );
  });

  it.each([
    ['an unknown variant', () => 'BLUE', `pickVariant returned "BLUE", which is not one of 'ON', 'OFF'`],
    ['a throw', () => JSON.parse(''), 'pickVariant threw: Unexpected end'],
  ])('that the code failed, and how: %s', (_how, pickVariant, how) => {
    const reader = aReader({ flags: [aFlag({ pickVariant })] });
    expect(reader.explain('SOME_FLAG').text).toContain(how);
    expect(reader.explain('SOME_FLAG').text).toContain('OFF is served.');
  });

  it('what the code picked for the user, though it failed for the visitor', () => {
    class Visitor extends Subject {
      id: number | undefined;

      override get userId(): number | undefined {
        return this.id;
      }

      override get userKey(): string | undefined {
        return this.id === undefined ? undefined : String(this.id);
      }
    }
    const pickVariant = ({ userId }: { userId?: unknown }) => (userId === undefined ? 'BLUE' : 'ON');
    const visitor = new Visitor(aSource(aSnapshot({ configs: [aFlag({ pickVariant })] })));
    const reader = new FlagReader(visitor);
    expect(reader.explain('SOME_FLAG').text).toContain('returned "BLUE"');
    visitor.id = 1;
    expect(reader.explain('SOME_FLAG').text).toBe("The flag's code picked ON.");
  });

  it('why a definition is not used', () => {
    const reader = readerAt(0, aSnapshot({ flags: { FLAG: { serve: 'onn' } }, tolerant: true }));
    expect(reader.explain('FLAG')).toMatchObject({ variant: 'off', reason: 'ERROR', errorCode: 'PARSE_ERROR' });
    expect(reader.explain('FLAG').text).toBe(
      `Its definition cannot be used: flags.yaml: Flag "FLAG", serve: "onn" is not one of the variants 'on', 'off'; did you mean 'on'?`,
    );
  });

  it('that there is no such flag', () => {
    const explanation = aReader({}).explain('NEW_SAERCH');
    expect(explanation).toMatchObject({ variant: null, reason: 'ERROR', errorCode: 'FLAG_NOT_FOUND' });
    expect(explanation.steps).toEqual([{ step: 'flag', decided: true, text: 'There is no flag "NEW_SAERCH".' }]);
  });
});

describe('an explanation', () => {
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

  it('can be sent as JSON', () => {
    const explanation = aReader({ definitions: { FLAG: { serve: { percentage: 50 } } }, userId: 1 }).explain('FLAG');
    expect(JSON.parse(JSON.stringify(explanation))).toEqual(explanation);
  });
});
