import { type EvaluationContext, FeatureFlagConfig, featureFlag } from 'express-gatekeeper';
import { describe, expect, it } from 'vitest';
import { aFlag } from './a-flag.js';
import { aReader, Notebook } from './a-reader.js';

class Typed extends featureFlag({
  name: 'MY_NEW_FEATURE',
  variants: ['VISIBLE', 'NOT_VISIBLE'],
  description: 'Gate visibility of my new feature during development',
}) {
  pickVariant({ isUser }: EvaluationContext) {
    return isUser(1, 2, 3) ? 'VISIBLE' : 'NOT_VISIBLE';
  }
}

class Plain extends FeatureFlagConfig {
  readonly flagName = 'MY_NEW_FEATURE';
  readonly variants = ['VISIBLE', 'NOT_VISIBLE'];
  override readonly description = 'Gate visibility of my new feature during development';

  pickVariant({ isUser }: EvaluationContext) {
    return isUser(1, 2, 3) ? 'VISIBLE' : 'NOT_VISIBLE';
  }
}

describe.each([
  ['featureFlag()', Typed],
  ['a plain class', Plain],
])('a flag made by %s', (_how, Flag) => {
  it('is a FeatureFlagConfig with its name, variants and description', () => {
    const flag = new Flag();
    expect(flag).toBeInstanceOf(FeatureFlagConfig);
    expect(flag).toMatchObject({
      flagName: 'MY_NEW_FEATURE',
      variants: ['VISIBLE', 'NOT_VISIBLE'],
      description: 'Gate visibility of my new feature during development',
    });
  });

  it('decides by its code', () => {
    const variantOf = (userId?: number) => aReader({ flags: [new Flag()], userId }).ffVariant('MY_NEW_FEATURE');
    expect([1, 3, 4, undefined].map(variantOf)).toEqual(['VISIBLE', 'VISIBLE', 'NOT_VISIBLE', 'NOT_VISIBLE']);
  });

  it('gives the users in its overrides their variant before its code is asked', () => {
    const flag = new Flag({ overrides: { VISIBLE: [0, 42], NOT_VISIBLE: ['1'] } });
    const variantOf = (userId?: number) => aReader({ flags: [flag], userId }).ffVariant('MY_NEW_FEATURE');
    expect([0, 42, 1, 2].map(variantOf)).toEqual(['VISIBLE', 'VISIBLE', 'NOT_VISIBLE', 'VISIBLE']);
  });

  it('lists its variants, in a list of the caller’s own', () => {
    const flag = new Flag();
    flag.getVariants().push('NOT_VISIBLE');
    expect(flag.getVariants()).toEqual(['VISIBLE', 'NOT_VISIBLE']);
  });

  it.each([undefined, {}, null, { overrides: undefined }, { overrides: {} }])(
    'takes %o for no overrides',
    (options) => {
      const flag = Reflect.construct(Flag, [options]) as FeatureFlagConfig;
      expect(aReader({ flags: [flag], userId: 1 }).details('MY_NEW_FEATURE').reason).toBe('DEFAULT');
    },
  );
});

it('a flag of variants with values lists their names and serves their values', () => {
  class PageSize extends featureFlag({ name: 'page-size', variants: { small: 10, large: 50 }, offVariant: 'small' }) {
    pickVariant(): 'large' {
      return 'large';
    }
  }
  expect(new PageSize().getVariants()).toEqual(['small', 'large']);
  expect(aReader({ flags: [new PageSize()] }).value('page-size', 25)).toBe(50);
});

it('everything that featureFlag() is told about the flag counts', () => {
  const spec = { kind: 'permission', overridable: true, bucketBy: 'company', salt: 's', offVariant: 'A' } as const;
  class Full extends featureFlag({ name: 'FULL', variants: ['A', 'B'], description: 'All of it', ...spec }) {
    pickVariant(): 'B' {
      return 'B';
    }
  }
  expect(new Full()).toMatchObject({ ...spec, description: 'All of it' });
  const off = aReader({ flags: [new Full()], definitions: { FULL: false } });
  expect(off.details('FULL')).toMatchObject({ variant: 'A', reason: 'DISABLED' });
});

it('two instances of one class have each their overrides', () => {
  const [one, other] = [new Typed({ overrides: { VISIBLE: [7] } }), new Typed({ overrides: { NOT_VISIBLE: [7] } })];
  const variantIn = (flag: FeatureFlagConfig) => aReader({ flags: [flag], userId: 7 }).ffVariant('MY_NEW_FEATURE');
  expect([variantIn(one), variantIn(other)]).toEqual(['VISIBLE', 'NOT_VISIBLE']);
});

it('a flag may keep things of its own and use them in pickVariant', () => {
  class Counting extends featureFlag({ name: 'COUNTING', variants: ['ODD', 'EVEN'] }) {
    #asked = 0;

    pickVariant() {
      this.#asked += 1;
      return this.#asked % 2 === 1 ? 'ODD' : 'EVEN';
    }
  }
  const flags = [new Counting()];
  expect([aReader({ flags }), aReader({ flags })].map((reader) => reader.ffVariant('COUNTING'))).toEqual([
    'ODD',
    'EVEN',
  ]);
});

describe('a flag whose code fails', () => {
  const read = (pickVariant: () => unknown): { readonly variant: unknown; readonly lines: readonly string[] } => {
    const logger = new Notebook();
    const flags = [aFlag({ flagName: 'BLUE_BUTTON', pickVariant })];
    const variants = [1, 2, 3].map((userId) => aReader({ flags, userId, logger }).ffVariant('BLUE_BUTTON'));
    return { variant: variants[0], lines: logger.lines };
  };
  const throwing = (thrown: unknown) => (): never => {
    throw thrown;
  };

  it.each([
    ['throws', throwing(new Error('no database')), 'pickVariant threw: no database'],
    ['throws a text', throwing('no database'), 'pickVariant threw: "no database"'],
    ['throws undefined', throwing(undefined), 'pickVariant threw: undefined'],
    ['throws an object without prototype', throwing(Object.create(null)), 'pickVariant threw: {}'],
    [
      'throws an error whose message is no text',
      throwing(Object.assign(new Error(), { message: Symbol('no') })),
      'threw',
    ],
    ['calls itself without end', () => endless(), 'pickVariant threw: Maximum call stack'],
    ['picks an unknown variant', () => 'BLUE', `returned "BLUE", which is not one of 'ON', 'OFF'`],
    ['picks a variant in the wrong case', () => 'on', `returned "on", which is not one of 'ON', 'OFF'`],
    ['picks nothing', () => undefined, 'pickVariant returned undefined'],
    ['picks by true', () => true, 'pickVariant returned true'],
    ['picks a list with a variant', () => ['ON'], 'pickVariant returned ["ON"]'],
    [
      'picks an object that cannot be shown',
      () => ({ toJSON: throwing('no') }),
      'pickVariant returned [object Object]',
    ],
    [
      'picks an object that breaks when looked at',
      () => Object.defineProperty({}, 'then', { get: throwing('no') }),
      '',
    ],
    ['returns a promise', async () => 'ON', 'it must decide synchronously — load what it needs in `attributes(req)`'],
    ['returns a promise that is rejected', async () => throwing(new Error('no'))(), 'pickVariant returned a promise'],
  ])('serves its off variant when it %s, and says so', (_how, pickVariant, message) => {
    const { variant, lines } = read(pickVariant);
    expect(variant).toBe('OFF');
    expect(lines[0]).toMatch(/^gatekeeper: Flag "BLUE_BUTTON": pickVariant .+ It serves its off variant; /);
    expect(lines[0]).toContain(message);
  });

  it('says so once per flag, however often it fails', () => {
    const logger = new Notebook();
    const flags = ['ONE', 'OTHER'].map((flagName) => aFlag({ flagName, pickVariant: throwing('no') }));
    const reader = aReader({ flags, logger });
    for (let user = 0; user < 100; user += 1) reader.forUser(user).all();
    expect(logger.lines).toHaveLength(2);
  });
});

function endless(): string {
  return endless();
}
