/** Something wrong that somebody may write for a flag, and what the message about it has to contain. */
export type Wrong = readonly [what: string, definition: unknown, ...contains: readonly string[]];

const rule = (when: unknown, serve?: unknown) => ({ rules: [serve === undefined ? { when } : { when, serve }] });
const ramp = (given: object) => ({ serve: { ramp: given } });
const days = (...steps: unknown[]) => ramp({ start: '2026-12-01', days: steps });

const INSTANT = 'an instant is written 2026-12-01, 2026-12-01T09:00 or 2026-12-01T09:00:00+01:00';
const ANYTHING = 'use true, false, a percentage such as 20, a list of user ids, or a map';

const OF_FLAGS: readonly Wrong[] = [
  ['null', null, ' is null; ', ANYTHING],
  ['undefined', undefined, ' is undefined; ', ANYTHING],
  ['a text', 'on', ' is "on"; ', ANYTHING],
  ['a function', () => true, ' is function', ANYTHING],
  ['a map as code has it', new Map([['enabled', false]]), ' is an instance of Map; ', ANYTHING],
  ['a set', new Set([1]), ' is an instance of Set; ', ANYTHING],
  ['a date', new Date(0), ' is an instance of Date; ', ANYTHING],
  ['an instance', new (class Off {})(), ' is an instance of Off; ', ANYTHING],
  ['a percentage above 100', 101, ' is 101; a percentage is a number from 0 to 100'],
  ['a negative percentage', -1, ' is -1; a percentage is a number from 0 to 100'],
  ['NaN', Number.NaN, ' is NaN; a percentage is a number from 0 to 100'],
  ['a list with what is no user', [1, null], '[1]: null is not a user id'],
  ['a list with an empty user', [''], '[0]: "" is not a user id; use a number or non-empty text'],
  ['a list with a number too large to be exact', [2 ** 53], '[0]: 9007199254740992 has lost digits', 'in quotes'],
  ['a list with a user object', [{ id: 1 }], '[0]: {"id":1} is not a user id'],
  ['an unknown key', { enabeld: true }, 'has the unknown key "enabeld"; did you mean \'enabled\'?'],
  ['an unknown key that is like none', { xyz: true }, 'has the unknown key "xyz"; remove it'],
  ['an unknown key of another tool', { targets: [] }, 'has the unknown key "targets"; did you mean \'target\'?'],
  ['a key that every object has', { toString: 1 }, 'has the unknown key "toString"'],
  ['a key named __proto__', JSON.parse('{ "__proto__": 1 }'), 'has a key named __proto__, which cannot be used'],
  ['a variant named __proto__', { overrides: JSON.parse('{ "__proto__": [1] }') }, 'has a key named __proto__'],
  ['enabled in words', { enabled: 'yes' }, 'enabled: is "yes"'],
  ['a kill in numbers', { killed: 1 }, 'killed: is 1'],
  ['an unknown kind', { kind: 'perm' }, 'kind: is "perm"; use one of release, experiment, ops, permission'],
  ['an empty bucketBy', { bucketBy: '' }, 'bucketBy: is ""'],
  ['a salt in numbers', { salt: 1 }, 'salt: is 1'],
  ['an expiry in words', { expires: 'soon' }, 'expires: is "soon"; ', INSTANT],
  ['an expiry on a day that there is not', { expires: '2027-02-29' }, 'expires: is "2027-02-29"; ', INSTANT],
  ['an expiry that is a number', { expires: 2027 }, 'expires: is 2027; an instant is text', 'quote it'],
  ['one tag', { tags: 'checkout' }, 'tags: is "checkout"'],
  ['a tag that is a number', { tags: ['a', 1] }, 'tags[1]: is 1'],
];

const OF_VARIANTS: readonly Wrong[] = [
  ['a single variant', { variants: ['on'] }, 'has 1 variant; a flag decides between at least two'],
  ['no variant', { variants: [] }, 'has 0 variant; a flag decides between at least two'],
  ['text for the variants', { variants: 'on, off' }, 'variants: is "on, off"; variants are a list of names, or a map'],
  ['a repeated variant', { variants: ['a', 'a'] }, 'lists the variant "a" twice; remove one of them'],
  ['a number for a variant', { variants: [1, 'two'] }, 'variants[0]: is 1'],
  ['an empty variant', { variants: ['', 'b'] }, 'variants[0]: is ""'],
  ['spaces around a variant', { variants: ['a ', 'b'] }, 'has the variant "a "; use at most 100 characters'],
  ['a half of a character', { variants: ['\ud83d', 'b'] }, 'has the variant "\\ud83d"'],
  ['values of mixed types', { variants: { a: 1, b: 'x' } }, 'mixes values of different types (number, string)'],
  ['a function for a value', { variants: { a: () => 1, b: () => 2 } }, 'variants.a'],
  [
    'variants whose last reads as on',
    { variants: ['HIDDEN', 'VISIBLE'] },
    'reads as on; say which one is off',
    'HIDDEN',
  ],
  ['an unknown off variant', { off: 'blue' }, `names "blue" as its off variant, which is not one of 'on', 'off'`],
  ['a misspelt off variant', { variants: ['small', 'large'], off: 'smal' }, '"smal"', "did you mean 'small'?"],
  [
    'overrides of an unknown variant',
    { overrides: { blue: [1] } },
    `overrides "blue", which is not one of its variants`,
  ],
  ['overrides of a misspelt variant', { overrides: { onn: [1] } }, '"onn"', "did you mean 'on'?"],
  ['overrides that are no list', { overrides: { on: 1 } }, 'overrides.on: is 1'],
  [
    'overrides for nobody',
    { overrides: { on: [null] } },
    'overrides.on[0]: is null; a user id is a number or a string',
  ],
  ['overrides for an empty user', { overrides: { on: [''] } }, 'overrides.on[0]: is ""; a user id is not empty'],
  ['overrides for a rounded user', { overrides: { on: [2 ** 60] } }, 'overrides.on[0]', 'put it in quotes'],
  ['one user twice', { overrides: { on: [1], off: ['1'] } }, `pins user "1" to both 'on' and 'off'; keep one of them`],
];

const OF_RULES: readonly Wrong[] = [
  ['a map of rules', { rules: {} }, 'rules: is {}'],
  ['a rule in words', { rules: ['x'] }, 'rules[0]: is "x"'],
  ['a rule without a condition', { rules: [{ serve: 'on' }] }, 'rules[0].when'],
  [
    'a misspelt key of a rule',
    { rules: [{ when: {}, srve: 'on' }] },
    'rules[0]: has the unknown key "srve"',
    "'serve'?",
  ],
  [
    'an attribute inside another',
    rule({ user: { plan: 'pro' } }),
    'rules[0].when.user: has the unknown key "plan"; for an attribute inside it write \'user.plan\'',
  ],
  [
    'an attribute inside another, in a group',
    rule({ any: [{ not: { user: { not: { plan: 'pro' } } } }] }),
    "write 'user.plan'",
    'else one of equals, oneOf, not, gt, ',
  ],
  ['an empty name of a rule', { rules: [{ when: {}, name: '' }] }, 'rules[0].name: is ""'],
  ['a condition in words', rule('premium'), 'rules[0].when: is "premium"'],
  ['a list of conditions', rule([{ plan: 'x' }]), 'rules[0].when: is [{"plan":"x"}]'],
  ['null for a test', rule({ plan: null }), 'rules[0].when.plan: is null; use a value, a list of values, or operators'],
  ['no operator', rule({ plan: {} }), 'rules[0].when.plan: has no operator; use a value'],
  [
    'a misspelt operator',
    rule({ age: { gtt: 1 } }),
    'rules[0].when.age: has the unknown key "gtt"; did you mean \'gt\'?',
  ],
  ['an unknown operator', rule({ email: { regex: '.*' } }), 'rules[0].when.email: has the unknown key "regex"'],
  ['text for a number', rule({ age: { gt: '18' } }), 'rules[0].when.age.gt: is "18"'],
  ['words for an instant', rule({ since: { before: 'soon' } }), 'rules[0].when.since.before: is "soon"; ', INSTANT],
  ['a number for an instant', rule({ since: { after: 5 } }), 'rules[0].when.since.after: is 5; an instant is text'],
  [
    'a range that is none',
    rule({ app: { semver: 'newest' } }),
    'rules[0].when.app.semver: "newest" is no range',
    '>=2.1.0',
  ],
  ['a number for a range', rule({ app: { semver: 2 } }), 'rules[0].when.app.semver: is 2'],
  ['a number for a text', rule({ email: { startsWith: 1 } }), 'startsWith: is 1; use text or a list of texts'],
  ['words for exists', rule({ plan: { exists: 'yes' } }), 'rules[0].when.plan.exists: is "yes"'],
  ['null to negate', rule({ plan: { not: null } }), 'rules[0].when.plan.not: is null; use a value'],
  ['an object in a list', rule({ plan: [{ x: 1 }] }), 'rules[0].when.plan[0]: is {"x":1}; a value is text, a number'],
  ['null in a list', rule({ userId: [null] }), 'rules[0].when.userId[0]: is null; a value is text, a number'],
  ['an empty group', rule({ all: [] }), 'rules[0].when.all: is []'],
  ['a map for a group', rule({ any: { plan: 'x' } }), 'rules[0].when.any: is {"plan":"x"}'],
  ['a value to negate', rule({ not: 'SE' }), 'rules[0].when.not: is "SE"'],
  ['a deep mistake', rule({ all: [{ any: [{ age: { gt: 'x' } }] }] }), 'rules[0].when.all[0].any[0].age.gt: is "x"'],
  ['no segment', rule({ segment: [] }), 'rules[0].when.segment: is []'],
  ['the name of a flag alone', rule({ flag: 'dark_mode' }), 'rules[0].when.flag: is "dark_mode"'],
  ['no variant of a flag', rule({ flag: { dark_mode: [] } }), 'rules[0].when.flag.dark_mode: is []'],
  ['a number for a variant of a flag', { prerequisites: { dark_mode: 1 } }, 'prerequisites.dark_mode: is 1'],
  ['a list of prerequisites', { prerequisites: ['dark_mode'] }, 'prerequisites: is ["dark_mode"]'],
  ['null for what a rule serves', { rules: [{ when: {}, serve: null }] }, 'rules[0].serve: is null; serve a variant'],
  [
    'an unknown variant in a rule',
    rule({}, 'onn'),
    `rules[0].serve: "onn" is not one of the variants 'on', 'off'`,
    "'on'?",
  ],
];

const OF_SERVING: readonly Wrong[] = [
  ['a bare number', { serve: 20 }, 'serve: is 20; serve a variant, { percentage }, { split }, { ramp } or'],
  ['true', { serve: true }, 'serve: is true; serve a variant, { percentage }, { split }, { ramp } or'],
  ['a list', { serve: ['on'] }, 'serve: is ["on"]; serve a variant, { percentage }'],
  ['an empty variant', { serve: '' }, 'serve: is ""'],
  ['a misspelt variant', { serve: 'onn' }, `serve: "onn" is not one of the variants 'on', 'off'; did you mean 'on'?`],
  [
    'a misspelt key',
    { serve: { percentge: 20 } },
    'serve: has the unknown key "percentge"; did you mean \'percentage\'?',
  ],
  [
    'a misspelt key beside a right one',
    { serve: { percentage: 20, varient: 'on' } },
    '"varient"',
    "did you mean 'variant'?",
  ],
  ['a shortened key', { serve: { percent: 20 } }, 'serve: has the unknown key "percent"; did you mean \'percentage\'?'],
  ['a key too many', { serve: { split: { on: 1 }, variant: 'on' } }, 'serve: ', '"variant"'],
  ['two at once', { serve: { percentage: 20, split: { on: 1 } } }, 'serve: ', '{ percentage }, { split }'],
  [
    'a percentage in words',
    { serve: { percentage: '20' } },
    'serve.percentage: is "20"; a percentage is a number from 0 to 100',
  ],
  ['a negative percentage', { serve: { percentage: -1 } }, 'serve.percentage: is -1; a percentage is at least 0'],
  [
    'a percentage above 100',
    { serve: { percentage: 100.1 } },
    'serve.percentage: ',
    '100.1',
    'a percentage is at most 100',
  ],
  ['a percentage that is NaN', { serve: { percentage: Number.NaN } }, 'serve.percentage: is NaN'],
  [
    'a percentage of an unknown variant',
    { serve: { percentage: 20, variant: 'blue' } },
    'serve.variant: "blue" is not one',
  ],
  ['an empty split', { serve: { split: {} } }, 'serve.split: is {}; one weight has to be above 0'],
  [
    'a split without a weight',
    { serve: { split: { on: 0 } } },
    'serve.split: is {"on":0}; one weight has to be above 0',
  ],
  ['a negative weight', { serve: { split: { on: -1, off: 2 } } }, 'serve.split.on: is -1; a weight is at least 0'],
  ['a weight in words', { serve: { split: { on: 'half' } } }, 'serve.split.on: is "half"'],
  ['an endless weight', { serve: { split: { on: Number.POSITIVE_INFINITY } } }, 'serve.split.on: is Infinity'],
  ['a list of weights', { serve: { split: ['on'] } }, 'serve.split: is ["on"]'],
  [
    'a weight of an unknown variant',
    { serve: { split: { on: 1, blue: 1 } } },
    'serve.split.blue: "blue" is not one of',
  ],
  ['an empty window', { serve: {} }, 'serve: is {}; serve a variant, { percentage }, { split }'],
  [
    'a window without dates',
    { serve: { timeZone: 'UTC' } },
    'serve: is {"timeZone":"UTC"}; serve a variant, { percentage }',
  ],
  ['a window backwards', { serve: { from: '2026-12-27', until: '2026-12-01' } }, 'before it begins', 'exchange them'],
  [
    'a window that never opens',
    { serve: { from: '2026-12-01', until: '2026-12-01' } },
    'serve: ends (until 2026-12-01)',
  ],
  ['a day that there is not', { serve: { from: '2026-02-30' } }, 'serve.from: is "2026-02-30"; ', INSTANT],
  ['a number for a day', { serve: { from: 20261201 } }, 'serve.from: is 20261201; an instant is text', 'quote it'],
  [
    'an unknown time zone',
    { serve: { from: '2026-12-01', timeZone: 'Sweden' } },
    'serve.timeZone: is "Sweden"; a time zone',
  ],
];

const OF_RAMPS: readonly Wrong[] = [
  [
    'a misspelt key',
    ramp({ strat: '2026-12-01', days: [[0, 1]] }),
    'serve.ramp: has the unknown key "strat"; did you mean \'start\'?',
  ],
  ['nothing', ramp({}), 'serve.ramp: is {}; a ramp has either days: [[day, percent], …] with a start, or at:'],
  ['a start alone', ramp({ start: '2026-12-01' }), 'a ramp has either days: [[day, percent], …] with a start, or at:'],
  ['days without a start', ramp({ days: [[0, 1]] }), 'serve.ramp: is {"days":[[0,1]]}; a ramp by days needs a start'],
  ['a start beside instants', ramp({ start: '2026-12-01', at: [['2026-12-02', 1]] }), 'a ramp by days needs a start'],
  ['no day', days(), 'serve.ramp.days: is []'],
  ['more than 100 %', days([0, 101]), 'serve.ramp.days[0][1]: ', '101', 'a percentage is at most 100'],
  ['a day before the start', days([-1, 5]), 'serve.ramp.days[0][0]: is -1'],
  ['a day without a percentage', days([0]), 'serve.ramp.days[0]'],
  ['a day that is no pair', days(0, 1), 'serve.ramp.days[0]: is 0'],
  ['days out of order', days([3, 5], [0, 1]), 'serve.ramp: its steps are not in the order of time; list each later'],
  ['a day twice', days([0, 1], [0, 2]), 'serve.ramp: its steps are not in the order of time'],
  [
    'a start that is no day',
    ramp({ start: '2026-13-01', days: [[0, 1]] }),
    'serve.ramp.start: is "2026-13-01"; ',
    INSTANT,
  ],
  ['a date for a start', ramp({ start: new Date(0), days: [[0, 1]] }), 'serve.ramp.start: ', 'an instant is text'],
  [
    'instants out of order',
    ramp({
      at: [
        ['2026-12-02', 1],
        ['2026-12-01', 2],
      ],
    }),
    'are not in the order of time',
  ],
  [
    'an unknown time zone',
    ramp({ timeZone: 'Mars', start: '2026-12-01', days: [[0, 1]] }),
    'serve.ramp.timeZone: is "Mars"',
  ],
];

const OF_OTHER_TOOLS: readonly Wrong[] = [
  ['a percentage in words', { percentage: '20' }, 'percentage: is "20"; a percentage is a number from 0 to 100'],
  ['a percentage above 100', { rollout_percentage: 101 }, 'rollout_percentage: ', '101', 'at most 100'],
  ['one user', { users: 'u1' }, 'users: is "u1"'],
  ['nobody', { target_users: [null] }, 'target_users[0]: is null; a user id is a number or a string'],
  ['one target', { target: { email: 'x' } }, 'target: is {"email":"x"}'],
  ['a target in words', { target: ['x'] }, 'target[0]: is "x"'],
  ['an attribute inside another', { target: [{ user: { plan: 'pro' } }] }, "write 'user.plan'"],
  ['an unknown operator', { target: [{ email: { like: 'x' } }] }, 'target[0].email: has the unknown key "like"'],
];

/** Everything above, by what it is about. */
export const WRONG_DEFINITIONS: Readonly<Record<string, readonly Wrong[]>> = {
  'a flag': OF_FLAGS,
  'its variants': OF_VARIANTS,
  'its rules': OF_RULES,
  'what it serves': OF_SERVING,
  'its ramp': OF_RAMPS,
  'a map of another tool': OF_OTHER_TOOLS,
};
