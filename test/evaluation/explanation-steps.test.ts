import { describe, expect, it } from 'vitest';
import { FlagReader } from '../../src/evaluation/flag-reader.js';
import { Subject } from '../../src/evaluation/subject.js';
import { aSnapshot, aSource, readerAt } from './a-snapshot.js';

const variants = ['ON', 'OFF'];
const christmas = Date.UTC(2026, 11, 24);

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
