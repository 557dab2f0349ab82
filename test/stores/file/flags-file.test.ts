import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { GatekeeperError } from 'express-gatekeeper';
import { describe, expect, it } from 'vitest';
import { findFlagsFile, readFlagsFile } from '../../../src/stores/file/flags-file.js';
import { aFolder, workIn } from '../a-folder.js';

function read(content: string, name = 'flags.yaml'): Record<string, unknown> {
  return { ...readFlagsFile(join(aFolder({ [name]: content }), name)).definitions.flags };
}

function complaintAbout(content: string, name?: string): string {
  try {
    read(content, name);
  } catch (error) {
    return error instanceof GatekeeperError ? `${error.code}: ${error.message}` : `not on purpose: ${error}`;
  }
  return 'no complaint';
}

describe('the flags file of a folder', () => {
  it.each([
    [['flags.yaml'], 'flags.yaml'],
    [['flags.yml'], 'flags.yml'],
    [['flags.json'], 'flags.json'],
    [['flags.json', 'flags.yml', 'flags.yaml'], 'flags.yaml'],
    [['flags.json', 'flags.yml'], 'flags.yml'],
  ])('of %j is %s', (names, found) => {
    const folder = aFolder(Object.fromEntries(names.map((name) => [name, ''])));
    expect(findFlagsFile(folder)).toBe(join(folder, found));
  });

  it('need not be there', () => {
    expect(findFlagsFile(aFolder({ 'flags.txt': '', 'my-flags.yaml': '' }))).toBeUndefined();
  });
});

describe('a flags file', () => {
  it('is YAML with a map of flags', () => {
    expect(
      read(
        'flags:\n  dark_mode: true\n  new_search: 20 # percent\n  beta: [user-1, 2]\n  team/flag: { enabled: false }\n',
      ),
    ).toEqual({
      dark_mode: true,
      new_search: 20,
      beta: ['user-1', 2],
      'team/flag': { enabled: false },
    });
  });

  it.each([
    ['the word features', 'features:\n  dark_mode: true\n'],
    ['Windows line ends', 'flags:\r\n  dark_mode: true\r\n'],
    ['a byte order mark', '\ufeffflags:\n  dark_mode: true\n'],
    ['a document mark', '---\nflags:\n  dark_mode: true\n...\n'],
    ['a schema beside it, for editors', '$schema: ./flags.schema.json\nflags:\n  dark_mode: true\n'],
    ['segments beside it', 'segments: { beta: [1] }\nflags:\n  dark_mode: true\n'],
    ['an alias', 'flags:\n  first: &it { enabled: true }\n  dark_mode: *it\n'],
  ])('may have %s', (_what, content) => {
    expect([true, { enabled: true }]).toContainEqual(read(content)['dark_mode']);
  });

  it.each([
    ['JSON', '{"flags":{"dark_mode":true}}'],
    ['JSON indented by tabs', '{\n\t"flags": {\n\t\t"dark_mode": true\n\t}\n}\n'],
    ['JSON with a byte order mark', '\ufeff{ "flags": { "dark_mode": true } }'],
    ['JSON with escapes', '{ "flags": { "dark\\u005fmode": true } }'],
  ])('may be %s', (_what, content) => {
    expect(read(content, 'flags.json')).toEqual({ dark_mode: true });
  });

  it('is YAML 1.2, where on, off, yes and no are words', () => {
    expect(read('flags:\n  on: { serve: off, overrides: { on: [no, yes] } }\n')).toEqual({
      on: { serve: 'off', overrides: { on: ['no', 'yes'] } },
    });
  });

  it.each(['', '\n\n', '# nothing yet\n', '---\n', 'flags:\n', 'flags: {}\n', 'features:\n'])(
    'may have no flags yet: %j',
    (content) => {
      expect(read(content)).toEqual({});
    },
  );

  it('has flags of any name as its own', () => {
    const flags = read('flags:\n  __proto__: true\n  constructor: 20\n  then: false\n');
    expect(Object.entries(flags)).toEqual([
      ['__proto__', true],
      ['constructor', 20],
      ['then', false],
    ]);
    expect(Object.getPrototypeOf(flags)).toBe(Object.prototype);
  });
});

describe('a flags file is refused', () => {
  it.each([
    ['a list', '- dark_mode\n'],
    ['a word', 'dark_mode\n'],
    ['a number', '7\n'],
    ['flags without the word flags', 'dark_mode: true\n'],
    ['a list of flags', 'flags:\n  - dark_mode\n'],
    ['a number for the flags', 'flags: 7\n'],
    ['false for the flags', 'flags: false\n'],
    ['a text for the flags', 'flags: none\n'],
    ['a list of segments', 'flags: {}\nsegments: [beta]\n'],
    ['a misspelt word for flags', 'flag:\n  dark_mode: true\n'],
  ])('as %s, with an example of what to write', (_what, content) => {
    expect(complaintAbout(content)).toMatch(
      /^INVALID_FILE: \/.*\/flags\.yaml(:\d+)? (is not a map|has .+); write flags under a top-level `flags:`, e\.g\. "flags:/,
    );
  });

  it.each([
    ['a bracket left open', 'flags:\n  dark_mode: [1, 2\n', 3],
    ['wrong indentation', 'flags:\n  dark_mode: true\n   new_search: 20\n', 2],
    ['a tab for indentation', 'flags:\n\tdark_mode: true\n', 2],
    ['a flag twice', 'flags:\n  dark_mode: true\n  new_search: 20\n  dark_mode: false\n', 4],
    ['a flag twice, once as a number', 'flags:\n  7: true\n  "7": false\n', 3],
    ['a key twice, deep', 'flags:\n  a:\n    overrides: { on: [1], on: [2] }\n', 3],
    ['a quote left open', 'flags:\n  "dark_mode: true\n', 3],
    ['two documents', 'flags: {}\n---\nflags: {}\n', 2],
  ])('for %s, with the line', (_what, content, line) => {
    expect(complaintAbout(content)).toMatch(/^INVALID_FILE: \/.*\/flags\.yaml cannot be parsed: /);
    expect(complaintAbout(content)).toContain(`at line ${line}`);
  });

  it.each([
    ['a comma too many', '{ "flags": {\n"dark_mode": true,,\n} }', 2],
    ['a flag twice', '{ "flags": {\n"dark_mode": true,\n"dark_mode": false } }', 3],
    ['a brace left open', '{ "flags": {\n"dark_mode": true\n', 3],
  ])('as JSON for %s, with the line', (_what, content, line) => {
    expect(complaintAbout(content, 'flags.json')).toContain('flags.json cannot be parsed: ');
    expect(complaintAbout(content, 'flags.json')).toContain(`at line ${line}`);
  });

  it('for an alias of nothing, with its name', () => {
    expect(complaintAbout('flags:\n  dark_mode: *common\n')).toMatch(
      /^INVALID_FILE: \/.*\/flags\.yaml .*alias.*common/,
    );
  });

  it('when its aliases would grow without end', () => {
    const levels = 'abcdefgh'.split('');
    const grow = (level: string, index: number): string =>
      `${level}: &${level} [${Array(9).fill(index === 0 ? 'x' : `*${levels[index - 1]}`)}]`;
    const bomb = `${levels.map(grow).join('\n')}\nflags: { dark_mode: *h }\n`;
    expect(complaintAbout(bomb)).toMatch(
      /^INVALID_FILE: \/.*\/flags\.yaml cannot be read: its aliases add more than 500000 values; write what \*e repeats/,
    );
  });

  it.each([
    ['many times', `common: &it { enabled: true }\nflags: { dark_mode: { tags: [${Array(1_001).fill('*it')}] } }\n`],
    [
      'in many places',
      `all: [${Array.from({ length: 1_001 }, (_, index) => `&a${index} x, *a${index}`)}]\nflags: { dark_mode: true }\n`,
    ],
    ['by what it is part of', 'flags: &all { dark_mode: { variants: { on: *all, off: 1 } } }\n'],
    [
      'though it is long',
      `ids: &ids [${Array(90_000).fill('x')}]\nflags: { a: *ids, b: *ids, c: *ids, d: *ids, e: *ids, f: *ids }\n`,
    ],
  ])('when it repeats something %s', (_how, content) => {
    expect(complaintAbout(content)).toMatch(/^INVALID_FILE: .*(aliases|alias)/);
  });

  it('when it holds both words for its flags, because one of them would be lost', () => {
    expect(complaintAbout('flags:\n  dark_mode: true\nfeatures:\n  new_search: 20\n')).toMatch(
      /^INVALID_FILE: .*features/,
    );
  });

  it('when it is a folder, or not there', () => {
    const folder = aFolder({ 'flags.yaml/': '' });
    expect(() => readFlagsFile(join(folder, 'flags.yaml'))).toThrow(
      /^Cannot read the flags in \/.*\/flags\.yaml: it is not a file/,
    );
    expect(() => readFlagsFile(join(folder, 'flags.json'))).toThrow(
      /^Cannot read the flags in \/.*\/flags\.json: ENOENT/,
    );
  });

  it('with what was probably meant, when its top has a misspelt word', () => {
    expect(complaintAbout('flag:\n  dark_mode: true\n')).toContain(
      "unknown key 'flag' at its top; did you mean 'flags'?",
    );
    expect(complaintAbout('flags: {}\nsegment: {}\n')).toContain("'segment' at its top; did you mean 'segments'?");
  });

  it('under its name in the working directory, as short as people write it', () => {
    const folder = workIn({ 'flags.yaml': 'flags: [1]\n', 'config/': '' });
    expect(() => readFlagsFile(join(folder, 'flags.yaml'))).toThrow(/^flags\.yaml has no map under flags;/);
    writeFileSync(join(folder, 'config/flags.json'), '7');
    expect(() => readFlagsFile(join(folder, 'config/flags.json'))).toThrow(/^config\/flags\.json is not a map;/);
    expect(() => readFlagsFile(folder)).toThrow(/^Cannot read the flags in \.: it is not a file/);
  });
});

describe('a flags file may', () => {
  it('use one alias for as many flags as it has', () => {
    const names = Array.from({ length: 500 }, (_, index) => `f${index}`);
    const content = `flags:\n  first: &it { owner: payments }\n${names.map((name) => `  ${name}: *it\n`).join('')}`;
    expect(Object.keys(read(content))).toHaveLength(501);
  });

  it('have ten thousand flags', { timeout: 60_000 }, () => {
    const flag = (index: number) =>
      `  team-${index % 100}/flag-${index}: { owner: me, rules: [{ when: { plan: premium } }] }\n`;
    const flags = read(`flags:\n${Array.from({ length: 10_000 }, (_, index) => flag(index)).join('')}`);
    expect(Object.keys(flags)).toHaveLength(10_000);
    expect(flags['team-99/flag-9999']).toEqual({ owner: 'me', rules: [{ when: { plan: 'premium' } }] });
  });

  it('write dates as they are, and numbers as they are', () => {
    const flags = 'flags:\n  a: { expires: 2027-03-31, overrides: { on: [0x1F, 1e3, "007"] } }\n';
    expect(read(flags)['a']).toEqual({ expires: '2027-03-31', overrides: { on: [31, 1000, '007'] } });
  });
});
