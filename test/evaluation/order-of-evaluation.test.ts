import type { Attributes, FlagDefinition, StepName, UserId } from 'express-gatekeeper';
import { describe, expect, it } from 'vitest';
import { FlagReader } from '../../src/evaluation/flag-reader.js';
import type { SnapshotSource } from '../../src/evaluation/snapshot.js';
import { Subject } from '../../src/evaluation/subject.js';
import { aFlag } from './a-flag.js';
import { aSnapshot, aSource } from './a-snapshot.js';

/** Each step serves a variant of its own, so that the variant tells who decided. */
const VARIANTS = ['browser', 'user', 'rule', 'serve', 'code', 'off'];

/** What there is to decide about a flag whose user is 1, unless it says otherwise. */
interface Situation {
  readonly definition?: FlagDefinition;
  readonly browser?: string;
  readonly userId?: UserId;
  readonly attributes?: Attributes;
  /** What the flag's class does; without it the flag is data. */
  readonly code?: () => unknown;
}

interface Decision {
  readonly variant: string;
  readonly reason: string;
  readonly by: StepName;
  readonly ruleName?: string;
  readonly errorCode?: string;
}

/** The moment of every decision here. */
const NOW = Date.UTC(2026, 11, 24, 18);

/** Other flags that definitions may depend on. */
const OTHERS = {
  GATE: { variants: ['open', 'ajar', 'shut'], serve: 'shut', overrides: { open: [8], ajar: [9] } },
  SWITCH: true,
};

class BrowserUser extends Subject {
  constructor(
    source: SnapshotSource,
    readonly situation: Situation,
  ) {
    super(source, situation.userId ?? 1, situation.attributes);
  }

  override browserOverride(flag: string): string | undefined {
    return flag === 'FLAG' ? this.situation.browser : undefined;
  }

  protected override get mayBeOverridden(): boolean {
    return this.situation.browser !== undefined;
  }
}

function readerIn(situation: Situation): FlagReader {
  const { definition = {}, code } = situation;
  const variants = code === undefined ? { variants: VARIANTS } : {};
  const snapshot = aSnapshot({
    configs: code === undefined ? [] : [aFlag({ flagName: 'FLAG', variants: VARIANTS, pickVariant: code })],
    flags: { FLAG: { ...variants, ...definition }, ...OTHERS },
  });
  return new FlagReader(
    new BrowserUser(
      aSource(snapshot, () => NOW),
      situation,
    ),
  );
}

function decisionIn(situation: Situation): Decision {
  const { variant, reason, ruleName, errorCode, steps } = readerIn(situation).explain('FLAG');
  return {
    variant: String(variant),
    reason,
    by: steps.find(({ decided }) => decided)?.step ?? 'flag',
    ...(ruleName === undefined ? {} : { ruleName }),
    ...(errorCode === undefined ? {} : { errorCode }),
  };
}

function by(step: StepName, variant: string, reason: string): Decision {
  return { variant, reason, by: step };
}

function served(variant: string, reason: string): Decision {
  return by('allocation', variant, reason);
}

function byRule(ruleName: string, variant: string, reason: string): Decision {
  return { ...by('rules', variant, reason), ruleName };
}

const code = () => 'code';
const staff = { name: 'staff', when: { userId: [1] }, serve: 'rule' };
const anybody = { when: { userId: { exists: true } }, serve: 'user' };
const overrides = { user: [1] };
const rule2 = (variant: string): Decision => byRule('2', variant, 'TARGETING_MATCH');

/** The steps in their order: what brings each into force, and what comes of it when no earlier one is. */
const ORDER: readonly (Situation & { readonly gives: Decision })[] = [
  { definition: { killed: true }, gives: by('kill', 'off', 'DISABLED') },
  { browser: 'browser', gives: by('browserOverride', 'browser', 'OVERRIDE') },
  { definition: { overrides }, gives: by('userOverride', 'user', 'OVERRIDE') },
  { definition: { enabled: false }, gives: by('enabled', 'off', 'DISABLED') },
  { definition: { prerequisites: { GATE: 'open' } }, gives: by('prerequisites', 'off', 'PREREQUISITE_FAILED') },
  { definition: { rules: [staff] }, gives: byRule('staff', 'rule', 'TARGETING_MATCH') },
  { definition: { serve: 'serve' }, gives: served('serve', 'STATIC') },
  { code, gives: served('code', 'DEFAULT') },
];

const STEP_NAMES = ['flag', ...ORDER.map(({ gives }) => gives.by)];

/** Every set of steps in force together. */
const COMBINATIONS = Array.from({ length: 2 ** ORDER.length - 1 }, (_, index) =>
  ORDER.filter((_step, bit) => (((index + 1) >> bit) & 1) === 1),
);

function together(steps: readonly Situation[]): Situation {
  const definition: FlagDefinition = Object.assign({}, ...steps.map((step) => step.definition));
  return { ...Object.assign({}, ...steps), definition };
}

const half = { percentage: 50, variant: 'serve' };
const evenly = { split: { serve: 1, code: 1 } };
const failed: Decision = { ...served('off', 'ERROR'), errorCode: 'GENERAL' };

// Of the salt FLAG, user 1 is at 35 % and user 3 at 94 %; the even split gives `code` to 1 and `serve` to 4.
const PARTICULARS: readonly (readonly [when: string, Situation, Decision])[] = [
  [
    'the browser is set to a variant that there is not',
    { browser: 'blue', definition: { serve: 'serve' } },
    served('serve', 'STATIC'),
  ],
  [
    'the browser is set to the empty variant',
    { browser: '', definition: { serve: 'serve' } },
    served('serve', 'STATIC'),
  ],
  [
    'the browser is set to the off variant',
    { browser: 'off', definition: { overrides, serve: 'serve' } },
    by('browserOverride', 'off', 'OVERRIDE'),
  ],
  [
    'the flag takes no browser override',
    { browser: 'browser', definition: { overridable: false, overrides } },
    by('userOverride', 'user', 'OVERRIDE'),
  ],
  [
    'the flag is a permission',
    { browser: 'browser', definition: { kind: 'permission', serve: 'serve' } },
    served('serve', 'STATIC'),
  ],
  [
    'the flag is a permission that takes browser overrides',
    { browser: 'browser', definition: { kind: 'permission', overridable: true } },
    by('browserOverride', 'browser', 'OVERRIDE'),
  ],
  [
    'the user is pinned to the off side',
    { definition: { overrides: { off: ['1'] }, rules: [staff], serve: 'serve' } },
    by('userOverride', 'off', 'OVERRIDE'),
  ],
  ['somebody else is pinned', { userId: 2, definition: { overrides, serve: 'serve' } }, served('serve', 'STATIC')],
  [
    'nobody is known, so that nobody is pinned or listed',
    { userId: '', definition: { overrides, rules: [staff], serve: 'serve' } },
    served('serve', 'STATIC'),
  ],
  ['the rule is for others', { userId: 2, definition: { rules: [staff], serve: 'serve' } }, served('serve', 'STATIC')],
  [
    'the rule is for others and nothing else is said',
    { userId: 2, definition: { rules: [staff] } },
    served('browser', 'STATIC'),
  ],
  [
    'two rules match',
    { definition: { rules: [staff, { ...staff, name: 'again', serve: 'user' }] } },
    byRule('staff', 'rule', 'TARGETING_MATCH'),
  ],
  ['only the second rule matches', { userId: 2, definition: { rules: [staff, anybody] } }, rule2('user')],
  [
    'the user is in the percentage of a rule',
    { definition: { rules: [{ ...anybody, serve: half }] } },
    byRule('1', 'serve', 'SPLIT'),
  ],
  [
    'the user is outside the percentage of the first rule that matches: there is no fall-through',
    { userId: 3, definition: { rules: [{ ...anybody, serve: half }, anybody] } },
    byRule('1', 'off', 'SPLIT'),
  ],
  [
    'the rule is for 0 %: there is no fall-through',
    { definition: { rules: [{ ...anybody, serve: { ...half, percentage: 0 } }, anybody] } },
    byRule('1', 'off', 'TARGETING_MATCH'),
  ],
  [
    'the rule is for 100 %',
    { definition: { rules: [{ ...anybody, serve: { ...half, percentage: 100 } }] } },
    byRule('1', 'serve', 'TARGETING_MATCH'),
  ],
  ['the rule splits', { definition: { rules: [{ ...anybody, serve: evenly }] } }, byRule('1', 'code', 'SPLIT')],
  [
    'the rule splits and there is nobody to bucket: there is no fall-through',
    { userId: '', definition: { rules: [{ when: { plan: { exists: false } }, serve: evenly }], serve: 'serve' } },
    byRule('1', 'off', 'DEFAULT'),
  ],
  [
    'the dates of the rule are over: there is no fall-through',
    { definition: { rules: [{ ...anybody, serve: { until: '2026-12-24T18:00', variant: 'serve' } }, anybody] } },
    byRule('1', 'off', 'TARGETING_MATCH'),
  ],
  [
    'the dates of the rule are today',
    { definition: { rules: [{ ...anybody, serve: { from: '2026-12-24', variant: 'serve' } }] } },
    byRule('1', 'serve', 'TARGETING_MATCH'),
  ],
  [
    'the ramp of the rule has not begun: there is no fall-through',
    { definition: { rules: [{ ...anybody, serve: { ramp: { start: '2027-01-01', days: [[0, 100]] } } }, anybody] } },
    byRule('1', 'off', 'SPLIT'),
  ],
  [
    'the rule serves nothing in particular',
    { definition: { rules: [{ when: { userId: 1 } }] } },
    byRule('1', 'browser', 'TARGETING_MATCH'),
  ],
  [
    'the rule asks for an attribute that is missing',
    { definition: { rules: [{ when: { country: 'SE' }, serve: 'rule' }], serve: 'serve' } },
    served('serve', 'STATIC'),
  ],
  [
    'the rule asks for what a missing attribute is not',
    { definition: { rules: [{ when: { country: { not: 'SE' } }, serve: 'rule' }], serve: 'serve' } },
    served('serve', 'STATIC'),
  ],
  [
    'the rule asks for an attribute that the user has',
    { attributes: { country: 'SE' }, definition: { rules: [{ when: { country: 'SE' }, serve: 'rule' }] } },
    byRule('1', 'rule', 'TARGETING_MATCH'),
  ],
  [
    'the prerequisite is met for this user',
    { userId: 8, definition: { prerequisites: { GATE: 'open' }, serve: 'serve' } },
    served('serve', 'STATIC'),
  ],
  [
    'one of several variants is enough for the prerequisite',
    { userId: 9, definition: { prerequisites: { GATE: ['open', 'ajar'] }, serve: 'serve' } },
    served('serve', 'STATIC'),
  ],
  [
    'a boolean flag has to be true',
    { definition: { prerequisites: { SWITCH: true }, serve: 'serve' } },
    served('serve', 'STATIC'),
  ],
  [
    'a boolean flag has to be false',
    { definition: { prerequisites: { SWITCH: false }, serve: 'serve' } },
    by('prerequisites', 'off', 'PREREQUISITE_FAILED'),
  ],
  [
    'one of two prerequisites is not met',
    { userId: 8, definition: { prerequisites: { GATE: 'open', SWITCH: 'off' }, serve: 'serve' } },
    by('prerequisites', 'off', 'PREREQUISITE_FAILED'),
  ],
  [
    'a prerequisite holds the class back',
    { code, definition: { prerequisites: { GATE: 'open' } } },
    by('prerequisites', 'off', 'PREREQUISITE_FAILED'),
  ],
  ['nothing is said', {}, served('browser', 'STATIC')],
  ['the percentage takes the user in', { definition: { serve: half } }, served('serve', 'SPLIT')],
  ['the percentage leaves the user out', { userId: 3, definition: { serve: half } }, served('off', 'SPLIT')],
  ['the percentage is 100', { definition: { serve: { ...half, percentage: 100 } } }, served('serve', 'STATIC')],
  ['the percentage is 0', { definition: { serve: { ...half, percentage: 0 } } }, served('off', 'STATIC')],
  ['the split falls on one side', { definition: { serve: evenly } }, served('code', 'SPLIT')],
  ['the split falls on the other side', { userId: 4, definition: { serve: evenly } }, served('serve', 'SPLIT')],
  ['there is nobody to bucket', { userId: '', definition: { serve: half } }, served('off', 'DEFAULT')],
  ['a percentage replaces the class', { code, definition: { serve: half } }, served('serve', 'SPLIT')],
  ['null gives the choice back to the class', { code, definition: { serve: null } }, served('code', 'DEFAULT')],
  ['the class throws', { code: () => JSON.parse('{') }, failed],
  ['the class throws what is no error', { code: () => fail(undefined) }, failed],
  ['the class picks an unknown variant', { code: () => 'blue' }, failed],
  ['the class picks nothing', { code: () => undefined }, failed],
  ['the class returns a promise', { code: async () => 'code' }, failed],
  ['the class returns a promise that is rejected', { code: async () => fail(new Error('no database')) }, failed],
];

function fail(thrown: unknown): never {
  throw thrown;
}

describe('the order of evaluation', () => {
  it.each(COMBINATIONS.map((steps) => [steps.map(({ gives }) => gives.by).join(', '), steps] as const))(
    'lets the earliest step in force decide: %s',
    (_steps, steps) => {
      expect(decisionIn(together(steps))).toEqual(steps[0]?.gives);
    },
  );

  it.each(PARTICULARS)('holds when %s', (_when, situation, decision) => {
    expect(decisionIn(situation)).toEqual(decision);
  });

  it('has steps whose explanations come in that order, the deciding one last', () => {
    for (const steps of COMBINATIONS) {
      const explained = readerIn(together(steps)).explain('FLAG').steps;
      expect(explained.map(({ decided }) => decided)).toEqual(
        explained.map((_, index, all) => index === all.length - 1),
      );
      const places = explained.map(({ step }) => STEP_NAMES.indexOf(step));
      expect(places).toEqual([...places].sort((a, b) => a - b));
    }
  });
});
