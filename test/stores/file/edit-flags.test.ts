import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { StoreChange } from 'express-gatekeeper';
import { fileStore } from 'express-gatekeeper/stores/file';
import { describe, expect, it, onTestFinished } from 'vitest';
import { aFolder } from '../a-folder.js';

const by = { by: 'ann' };

/** What a file says once a change is made to it. */
async function edited(text: string, change: StoreChange, name = 'flags.yaml'): Promise<string> {
  const path = join(aFolder({ [name]: text }), name);
  const store = fileStore(path);
  onTestFinished(() => store.close());
  await store.apply('default', change, by);
  return readFileSync(path, 'utf8');
}

const FILE = `# Flags of the shop. Ask ann.

flags:
  # the night
  dark_mode:   true     # since May

  # a search of our own
  # by bob
  new_search: 20 # percent
  'beta':  [user-1,   "user-2"]   # friends

  checkout/express-pay:
    # what payments wants
    description: "One-click payment"
    variants: [control, one_click]   # two
    rules:
      - name: staff
        when: { email: '*@company.com' } # ours
        serve: one_click

# who
segments:
  staff: { users: [1] }
# the end
`;

describe('a change of a YAML file leaves everything else as it is written', () => {
  it.each<[string, StoreChange, readonly (readonly [string, string])[]]>([
    ['a shorthand by a shorthand', { flags: { new_search: 30 } }, [['20 #', '30 #']]],
    ['a flag in odd spacing', { flags: { dark_mode: false } }, [['  true  ', '  false  ']]],
    ['a list in one line', { flags: { beta: ['user-1', 'user-3'] } }, [['[user-1,   "user-2"]', '[ user-1, user-3 ]']]],
    [
      'a shorthand by a whole definition',
      { flags: { new_search: { enabled: false, owner: 'search' } } },
      [['20 # percent', '# percent\n    enabled: false\n    owner: search']],
    ],
    [
      'one member of a definition',
      {
        flags: {
          'checkout/express-pay': {
            description: 'One click',
            variants: ['control', 'one_click'],
            rules: [{ name: 'staff', when: { email: '*@company.com' }, serve: 'one_click' }],
            killed: true,
          },
        },
      },
      [
        ['"One-click payment"', 'One click'],
        ['serve: one_click\n', 'serve: one_click\n    killed: true\n'],
      ],
    ],
    [
      'a whole definition by a shorthand',
      { flags: { 'checkout/express-pay': false } },
      [[/pay:[\s\S]*(?=\n\n# who)/.exec(FILE)?.[0] ?? '', 'pay: false']],
    ],
    [
      'a flag that goes, with the comment above it',
      { flags: { new_search: null } },
      [['  # a search of our own\n  # by bob\n  new_search: 20 # percent\n', '']],
    ],
    ['the first flag that goes', { flags: { dark_mode: null } }, [['  dark_mode:   true     # since May\n', '']]],
    [
      'the last flag that goes',
      { flags: { 'checkout/express-pay': null } },
      [[/ {2}checkout[\s\S]*one_click\n(?=\n# who)/.exec(FILE)?.[0] ?? '', '']],
    ],
    [
      'flags that come',
      { flags: { 'team: a': true, on: { serve: 'off', overrides: { on: ['1', 2] } } } },
      [
        [
          'serve: one_click\n',
          'serve: one_click\n  "team: a": true\n  on:\n    serve: off\n    overrides:\n      on: [ "1", 2 ]\n',
        ],
      ],
    ],
    ['a segment', { segments: { staff: { users: [1, 2] } } }, [['[1]', '[ 1, 2 ]']]],
    ['a segment that comes', { segments: { vip: ['ann'] } }, [['[1] }\n', '[1] }\n  vip: [ ann ]\n']]],
    [
      'several at once',
      { flags: { dark_mode: null, beta: null, new_search: 5, more: 1 }, segments: { staff: null } },
      [
        ['  dark_mode:   true     # since May\n', ''],
        ['  \'beta\':  [user-1,   "user-2"]   # friends\n', ''],
        ['20 #', '5 #'],
        ['serve: one_click\n', 'serve: one_click\n  more: 1\n'],
        ['  staff: { users: [1] }\n', ''],
      ],
    ],
  ])('%s', async (_what, change, replacements) => {
    const expected = replacements.reduce((text, [was, is]) => {
      expect(text).toContain(was);
      return text.replace(was, is);
    }, FILE);
    expect(await edited(FILE, change)).toBe(expected);
  });

  it.each<[string, string, StoreChange, string]>([
    ['a file of no flags', 'flags: {}\n', { flags: { a: 1 } }, 'flags:\n  a: 1\n'],
    ['flags of nothing', 'flags: # none\n', { flags: { a: 1 } }, 'flags: # none\n  a: 1\n'],
    ['the last of its flags', 'flags:\n  # mine\n  a: 1\n', { flags: { a: null } }, 'flags:\n  # mine\n'],
    ['features', 'features:\n  a: 1\n', { flags: { b: 2 } }, 'features:\n  a: 1\n  b: 2\n'],
    ['no flags yet', 'segments:\n  s: [1]\n', { flags: { a: true } }, 'segments:\n  s: [1]\nflags:\n  a: true\n'],
    ['flags in one line', 'flags: { a: 1, b: 2 }\n', { flags: { b: null, c: [1] } }, 'flags: { a: 1, c: [ 1 ] }\n'],
    ['all in one line', '{ flags: { a: 1 } }\n', { flags: { a: 2 } }, 'flags:\n  a: 2\n'],
    ['no line end at its end', 'flags:\n  a: 1', { flags: { b: 2 } }, 'flags:\n  a: 1\n  b: 2'],
    [
      'four spaces',
      'flags:\n    a: 1\n',
      { flags: { b: { on: [] } as never } },
      'flags:\n    a: 1\n    b:\n        on: []\n',
    ],
    [
      'Windows line ends',
      '# x\r\nflags:\r\n  a: 1 # one\r\n  b: 2\r\n',
      { flags: { a: { enabled: true }, b: null, c: 3 } },
      '# x\r\nflags:\r\n  a: # one\r\n    enabled: true\r\n  c: 3\r\n',
    ],
    ['a byte order mark', '\ufeffflags:\n  a: 1\n', { flags: { a: 2 } }, '\ufeffflags:\n  a: 2\n'],
    ['document marks', '---\nflags:\n  a: 1\n...\n', { flags: { b: 2 } }, '---\nflags:\n  a: 1\n  b: 2\n...\n'],
    [
      'text of several lines',
      'flags:\n  a: { description: x }\n  b: 1\n',
      { flags: { a: { description: 'x\ny' }, b: { description: 'one\ntwo' } } },
      'flags:\n  a: { description: "x\\ny" }\n  b:\n    description: "one\\ntwo"\n',
    ],
    [
      'variants in another order, which means something else',
      'flags:\n  a:\n    variants: { x: 1, y: 2 }\n',
      { flags: { a: { variants: { y: 2, x: 1 } } } },
      'flags:\n  a:\n    variants: { y: 2, x: 1 }\n',
    ],
  ])('in a file with %s', async (_what, before, change, after) => {
    expect(await edited(before, change)).toBe(after);
  });
});

describe('an alias in a YAML file', () => {
  it('is replaced without a change of what it stood for', async () => {
    const text = 'flags:\n  first: &it { enabled: true } # all\n  second: *it\n';
    expect(await edited(text, { flags: { second: { enabled: false } } })).toBe(
      'flags:\n  first: &it { enabled: true } # all\n  second:\n    enabled: false\n',
    );
  });

  it.each<[string, StoreChange, string]>([
    ['is edited', { flags: { first: { enabled: false } } }, '  first: &it { enabled: false } # all\n'],
    ['is replaced', { flags: { first: 20 } }, '  first: 20 # all\n'],
    ['goes', { flags: { first: null } }, ''],
  ])('stays what it was when what it stood for %s', async (_what, change, first) => {
    const text = 'flags:\n  first: &it { enabled: true } # all\n  second: *it # same\n';
    expect(await edited(text, change)).toBe(`flags:\n${first}  second: { enabled: true } # same\n`);
  });
});

describe('a JSON file stays JSON', () => {
  it.each<[string, string, StoreChange, string]>([
    [
      'with its indentation',
      '{\n    "flags": {\n        "a": 1,\n        "b": { "enabled": true }\n    }\n}\n',
      { flags: { a: { owner: 'me' }, c: true } },
      '{\n    "flags": {\n        "a": {\n            "owner": "me"\n        },\n        "b": { "enabled": true },\n        "c": true\n    }\n}\n',
    ],
    ['in one line', '{"flags":{"a":1,"b":2}}', { flags: { a: 2, b: null } }, '{"flags":{"a":2}}'],
    [
      'indented by tabs',
      '{\n\t"flags": {\n\t\t"a": 1\n\t}\n}\n',
      { flags: { b: [1] }, segments: { s: [2] } },
      '{\n\t"flags": {\n\t\t"a": 1,\n\t\t"b": [\n\t\t\t1\n\t\t]\n\t},\n\t"segments": {\n\t\t"s": [\n\t\t\t2\n\t\t]\n\t}\n}\n',
    ],
    ['when nothing is left', '{ "flags": { "a": 1 } }', { flags: { a: null } }, '{ "flags": {} }'],
    ['and so is one that is empty', '{}', { flags: { a: 1 } }, '{"flags":{"a":1}}'],
  ])('%s', async (_what, before, change, after) => {
    expect(await edited(before, change, 'flags.json')).toBe(after);
  });
});

describe('a file that cannot be read is never overwritten', () => {
  it.each([
    ['empty', '', /flags\.yaml is empty; write `flags: \{\}`/],
    ['nothing but comments', '# soon\n', /flags\.yaml is empty/],
    ['broken', 'flags: [', /flags\.yaml cannot be parsed/],
    ['something else', 'hello: world\n', /unknown key 'hello'/],
  ])('as one that is %s', async (_what, text, message) => {
    const path = join(aFolder({ 'flags.yaml': text }), 'flags.yaml');
    const store = fileStore(path);
    onTestFinished(() => store.close());
    await expect(store.apply('default', { flags: { a: 1 } }, by)).rejects.toThrow(message);
    expect(readFileSync(path, 'utf8')).toBe(text);
    writeFileSync(path, 'flags: {}\n');
    await store.apply('default', { flags: { a: 1 } }, by);
    expect(await store.history('default', { flag: 'a' })).toHaveLength(1);
  });
});
