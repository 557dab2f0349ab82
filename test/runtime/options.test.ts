import { GatekeeperError, gatekeeper } from 'express-gatekeeper';
import { describe, expect, it } from 'vitest';
import { aFlag } from '../evaluation/a-flag.js';

function create(options: unknown): unknown {
  return Reflect.apply(gatekeeper, undefined, [options]);
}

function complaintAbout(options: unknown): string {
  try {
    create(options);
  } catch (error) {
    return error instanceof GatekeeperError ? error.message : `not on purpose: ${error}`;
  }
  return 'no complaint';
}

describe('gatekeeper() refuses at creation', () => {
  it.each([
    ['null', null, 'gatekeeper() takes an object of options, not null.'],
    ['a text', 'flags.yaml', 'gatekeeper() takes an object of options, not "flags.yaml".'],
    ['a request', { headers: {}, url: '/' }, 'it appears you wrote app.use(gatekeeper); write app.use(gatekeeper()).'],
    ['an unknown option', { flag: [] }, 'gatekeeper() knows no option "flag"; it takes flags, definitions, '],
    ['an option that every object has', { toString: 1 }, 'knows no option "toString"; it takes flags'],
    ['a number for flags', { flags: 7 }, 'was given 7 for flags; use a list or a record of flag instances'],
    ['null for flags', { flags: null }, 'was given null for flags'],
    ['a set for flags, which would be none', { flags: new Set([aFlag({})]) }, 'for flags; use a list or a record'],
    [
      'a map for flags, which would be none',
      { flags: new Map([['a', aFlag({})]]) },
      'for flags; use a list or a record',
    ],
    ['one flag for flags', { flags: aFlag({}) }, 'for flags; use a list: flags: [yourFlag]'],
    [
      'a file name for definitions',
      { definitions: 'flags.yaml' },
      'for definitions; use { flags: { name: definition } }',
    ],
    ['definitions without flags', { definitions: { dark_mode: true } }, 'use { flags: { name: definition } }'],
    ['definitions with text for flags', { definitions: { flags: 'all' } }, 'use { flags: { name: definition } }'],
    ['definitions with a list of flags', { definitions: { flags: [true] } }, 'use { flags: { name: definition } }'],
    ['definitions with a map of flags', { definitions: { flags: new Map([['a', true]]) } }, 'use { flags: { name:'],
    [
      'a date for the flags of definitions',
      { definitions: { flags: new Date(0) } },
      'use { flags: { name: definition } }',
    ],
    ['definitions that are a map', { definitions: new Map([['flags', {}]]) }, 'use { flags: { name: definition } }'],
    [
      'definitions with a list of segments',
      { definitions: { flags: {}, segments: [] } },
      'for segments { name: segment }',
    ],
    ['definitions with a set of segments', { definitions: { flags: {}, segments: new Set() } }, 'for segments { name:'],
    [
      'misspelt segments',
      { definitions: { flags: {}, segmnts: {} } },
      'for definitions; use segments instead of "segmnts".',
    ],
    ['misspelt flags', { definitions: { flgs: {} } }, 'for definitions; use flags instead of "flgs".'],
    ['more than definitions', { definitions: { flags: {}, other: 1 } }, 'use flags and segments, without "other".'],
    ['a store of no kind', { store: 7 }, 'was given 7 for store; use a URL such as file:flags.yaml, or a store'],
    ['an object that is no store', { store: {} }, 'was given {} for store; use a URL such as file:flags.yaml'],
    ['null for the store', { store: null }, 'was given null for store'],
    ['a store of an unknown kind', { store: 'etcd:x' }, '"etcd:x" names no store; use file:'],
    ['a text for ambient', { ambient: 'yes' }, 'was given "yes" for ambient; use true or false'],
    ['an empty environment', { environment: ' ' }, 'was given " " for environment; use a non-empty string'],
    ['a number for the environment', { environment: 1 }, 'was given 1 for environment'],
    ['an empty appName', { appName: '' }, 'was given "" for appName; use a non-empty string'],
    [
      'a logger without error()',
      { logger: { warn: () => 1 } },
      'for logger; use an object with warn(message) and error(',
    ],
    ['a function for the logger', { logger: () => 1 }, 'for logger; use an object with warn(message) and error('],
    ['true for the logger', { logger: true }, 'was given true for logger'],
    ['a date for the clock', { clock: new Date() }, 'for clock; use a function'],
    ['a text for userId', { userId: 'user.id' }, 'was given "user.id" for userId; use a function'],
    ['an object for attributes', { attributes: {} }, 'was given {} for attributes; use a function'],
    [
      'true for anonymousId',
      { anonymousId: true },
      'was given true for anonymousId; use false or a function (req) => id',
    ],
    ['true for browserOverrides', { browserOverrides: true }, 'use false or { secret, allow, maxAge }'],
    ['null for browserOverrides', { browserOverrides: null }, 'use false or { secret, allow, maxAge }'],
    [
      'a text for activeFlagsHeader',
      { activeFlagsHeader: 'yes' },
      'was given "yes" for activeFlagsHeader; use true or false',
    ],
  ])('%s', (_what, options, message) => {
    expect(() => create(options)).toThrow(expect.objectContaining({ code: 'INVALID_OPTION' }));
    expect(complaintAbout(options)).toContain(message);
  });

  it.each([
    [
      'an unknown option',
      { secrets: 'x' },
      'browserOverrides of gatekeeper() knows no option "secrets"; it takes secret,',
    ],
    [
      'a secret that was never set',
      { secret: undefined },
      'gatekeeper() was given undefined for browserOverrides.secret; set it',
    ],
    ['an empty secret', { secret: '' }, '(is an environment variable missing?)'],
    ['no secret in the list', { secret: [] }, 'for secret; use a non-empty string, or a list of them'],
    ['a secret in the list that was never set', { secret: ['x', undefined] }, '(is an environment variable missing?)'],
    ['a number for the secret', { secret: 12_345 }, 'for secret; use a non-empty string'],
    ['a text for allow', { allow: 'staff' }, 'was given "staff" for allow; use a function'],
    ['true for allow', { allow: true }, 'was given true for allow; use a function'],
    ['a maxAge in days', { maxAge: 14 }, 'was given 14 for maxAge; use milliseconds between a second and 400 days'],
    ['an endless maxAge', { maxAge: Number.POSITIVE_INFINITY }, 'for maxAge; use milliseconds'],
    ['no number for maxAge', { maxAge: Number.NaN }, 'was given NaN for maxAge; use milliseconds'],
    ['a text for maxAge', { maxAge: '14d' }, 'was given "14d" for maxAge'],
  ])('%s among the browser overrides', (_what, browserOverrides, message) => {
    expect(() => create({ browserOverrides })).toThrow(expect.objectContaining({ code: 'INVALID_OPTION' }));
    expect(complaintAbout({ browserOverrides })).toContain(message);
  });

  it.each([
    ['one that cannot be used', ['hunter2', undefined]],
    ['one too many', [['hunter2']]],
    ['one as bytes', Buffer.from('hunter2')],
    ['one in a wrapper', { value: 'hunter2' }],
  ])('a wrong secret without showing it: %s', (_what, secret) => {
    const complaint = complaintAbout({ browserOverrides: { secret } });
    expect(complaint).toContain('for secret; use a non-empty string');
    expect(complaint).not.toMatch(/hunter2|104/);
  });
});

describe('gatekeeper() takes', () => {
  it.each([
    ['no options', undefined],
    ['an empty object', {}],
    ['undefined for everything', { flags: undefined, environment: undefined, logger: undefined, userId: undefined }],
    ['undefined for browserOverrides', { browserOverrides: undefined }],
    ['definitions without a flag', { definitions: { flags: {} } }],
    ['definitions with the schema that editors look for', { definitions: { $schema: 'x', flags: {}, segments: {} } }],
    ['definitions without a prototype', { definitions: Object.assign(Object.create(null), { flags: {} }) }],
    ['browserOverrides switched off', { browserOverrides: false }],
    ['one secret', { browserOverrides: { secret: 'x' } }],
    ['several secrets', { browserOverrides: { secret: ['new', 'old'] } }],
    ['overrides for some', { browserOverrides: { allow: () => true, maxAge: 60_000 } }],
    ['no anonymous ids', { anonymousId: false }],
    ['the console', { logger: console }],
  ])('%s', (_what, options) => {
    expect(complaintAbout(options)).toBe('no complaint');
  });
});
