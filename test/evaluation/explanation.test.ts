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

describe('the steps of an explanation', () => {
  const flags = {
    FLAG: {
      variants,
      overrides: { OFF: [9] },
      prerequisites: { other: 'off' },
      rules: [
        { name: 'staff', when: { userId: [2, 3] } },
        { when: { country: ['SE', 'NO'], plan: 'premium' } },
        { name: 'beta', when: { segment: 'beta' } },
        { name: 'everyone', when: { userId: { exists: true } }, serve: { percentage: 50 } },
      ],
    },
    other: false,
  };
  const reader = readerAt(0, aSnapshot({ flags, segments: { beta: { users: [7], when: { plan: 'beta' } } } }), 1, {
    country: 'SE',
    plan: 'basic',
  });
  const { steps } = reader.explain('FLAG');

  it('tell what each before the deciding one found, in words', () => {
    expect(steps.map(({ step, decided, text: words }) => [step, decided, words])).toEqual([
      ['flag', false, 'The flag is known.'],
      ['kill', false, 'The flag is not killed.'],
      ['browserOverride', false, 'This browser has no override.'],
      ['userOverride', false, 'This user has no override.'],
      ['enabled', false, 'The flag is on.'],
      ['prerequisites', false, 'As it has to be, flag other serves off.'],
      ['rules', false, 'Rule staff does not match: user 1 is not listed.'],
      ['rules', false, 'Rule 2 does not match: plan is "basic", and it has to be "premium".'],
      [
        'rules',
        false,
        'Rule beta does not match: the user is not in beta (user 1 is not listed, and plan is "basic", and it has to be "beta").',
      ],
      ['rules', true, 'Rule everyone matches. 50 % get ON; the bucket is 35.16 %, so ON is served.'],
    ]);
  });

  it('name in data the rule, and the part of its condition that failed', () => {
    expect(steps.filter(({ step }) => step === 'rules').map(({ rule, failed }) => [rule, failed])).toEqual([
      ['staff', 'user 1 is not listed'],
      ['2', 'plan is "basic", and it has to be "premium"'],
      ['beta', expect.stringContaining('plan is "basic"')],
      ['everyone', undefined],
    ]);
  });

  it('name in data what failed of the prerequisites', () => {
    const failing = aSnapshot({ flags: { FLAG: { prerequisites: { other: 'on' } }, other: false } });
    const step = readerAt(0, failing).explain('FLAG').steps.at(-1);
    expect(step).toMatchObject({ step: 'prerequisites', decided: true, failed: 'flag other serves off, not on' });
  });

  it('hold nothing of buckets, rules and failures where there are none', () => {
    const [first] = steps;
    expect(Object.keys(first ?? {})).toEqual(['step', 'decided', 'text']);
  });
});

describe('the bucket in an explanation', () => {
  const bucketOf = (definition: object, userId: unknown = 1, attributes = {}) => {
    const snapshot = aSnapshot({ flags: { FLAG: { variants, ...definition } } });
    return readerAt(christmas, snapshot, userId as number, attributes)
      .explain('FLAG')
      .steps.at(-1)?.bucket;
  };

  it('of a percentage has unit, salt, position and cut point', () => {
    expect(bucketOf({ serve: { percentage: 50 } })).toEqual({
      unit: '1',
      by: 'userId',
      salt: 'FLAG',
      position: 35.16,
      cutPoints: [{ variant: 'ON', below: 50 }],
    });
  });

  it('of a ramp has the cut point of today', () => {
    const serve = {
      ramp: {
        start: '2026-12-01',
        days: [
          [0, 1],
          [7, 25],
          [30, 100],
        ],
      },
    };
    expect(bucketOf({ serve, salt: 'S' })).toMatchObject({ salt: 'S', cutPoints: [{ variant: 'ON', below: 25 }] });
  });

  it('of a split has the weights as they were given', () => {
    expect(bucketOf({ serve: { split: { ON: 3, OFF: 1 } } })).toEqual({
      unit: '1',
      by: 'userId',
      salt: 'FLAG',
      position: 35.16,
      weights: [
        { variant: 'ON', weight: 3 },
        { variant: 'OFF', weight: 1 },
      ],
    });
  });

  it('says by what the flag is bucketed', () => {
    const definition = { bucketBy: 'user.company', serve: { percentage: 50 } };
    expect(bucketOf(definition, 1, { user: { company: 'acme' } })).toMatchObject({ unit: 'acme', by: 'user.company' });
  });

  it('says of a visitor that it is the anonymous id', () => {
    class Visitor extends Subject {
      override get anonymousId(): string {
        return 'visitor-1';
      }
    }
    const source = aSource(aSnapshot({ flags: { FLAG: { serve: { split: { on: 1, off: 1 } } } } }));
    expect(new FlagReader(new Visitor(source)).explain('FLAG').steps.at(-1)?.bucket).toMatchObject({
      unit: 'visitor-1',
      by: 'anonymousId',
    });
  });

  it('stands beside the rule that led to it', () => {
    const snapshot = aSnapshot({ flags: { FLAG: { rules: [{ name: 'r', when: {}, serve: { percentage: 50 } }] } } });
    expect(readerAt(0, snapshot, 1).explain('FLAG').steps.at(-1)).toMatchObject({ rule: 'r', bucket: { unit: '1' } });
  });

  it('is not there where nothing was bucketed', () => {
    expect(bucketOf({ serve: 'ON' })).toBeUndefined();
    expect(bucketOf({ serve: { percentage: 50 } }, '')).toBeUndefined();
    expect(bucketOf({ serve: { ramp: { at: [['2026-12-01', 100]] } } })).toBeUndefined();
  });

  it('agrees with what is served, whoever it is', () => {
    const snapshot = aSnapshot({ flags: { FLAG: { variants, serve: { percentage: 33.3 } } } });
    for (let userId = 0; userId < 200; userId += 1) {
      const explained = readerAt(0, snapshot, userId).explain('FLAG');
      const { position = 0, cutPoints } = explained.steps.at(-1)?.bucket ?? {};
      expect(explained.variant).toBe(position < (cutPoints?.[0]?.below ?? 0) ? 'ON' : 'OFF');
    }
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
