import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { buildSnapshot } from '../../../src/evaluation/build-snapshot.js';
import { readFlagsFile } from '../../../src/stores/file/flags-file.js';
import { workIn } from '../a-folder.js';

/** What is wrong with the definitions in a file. */
function problemsOf(lines: readonly string[], name = 'flags.yaml'): readonly string[] {
  const folder = workIn({ [name]: lines.join('\n') });
  const { definitions, origin } = readFlagsFile(join(folder, name));
  const layers = [{ definitions, origin, tolerant: true }];
  return buildSnapshot({ configs: [], layers, revision: 0 }).problems.map(({ message }) => message);
}

/** A file of flags whose second one has these lines; `<` marks the line that is to be named. */
function marked(...lines: readonly string[]): { readonly text: readonly string[]; readonly line: number } {
  const text = ['flags:', '  # the first', '  dark_mode: true', ...lines, 'segments:', '  beta: [1]'];
  return { text: text.map((line) => line.replace(/ <$/, '')), line: text.findIndex((line) => line.endsWith(' <')) + 1 };
}

describe('what is wrong with a definition in a file is told with its line:', () => {
  it.each([
    ['a short form', ['  new_search: maybe <']],
    ['a value', ['  new_search:', '    owner: me', '    enabled: maybe <']],
    ['a value in one line', ['  new_search: { owner: me, enabled: maybe } <']],
    ['a value of nothing', ['  new_search: <']],
    ['a user in a list', ['  new_search:', '    - 1', '    - "" <', '    - 3']],
    ['an unknown key, the first', ['  new_search:', '    enabeld: true <', '    owner: me']],
    ['an unknown key, a later one', ['  new_search:', '    owner: me', '    salt: x', '    enabeld: true <']],
    ['an unknown variant', ['  new_search:', '    owner: me', '    serve: onn <']],
    [
      'an unknown variant of a split',
      ['  new_search:', '    serve:', '      split:', '        on: 1', '        of: 2 <'],
    ],
    ['an unknown variant of a rule', ['  new_search:', '    rules:', '      - when: { a: 1 }', '        serve: onn <']],
    [
      'an operand, deep',
      [
        '  new_search:',
        '    rules:',
        '      - when:',
        '          all:',
        '            - age:',
        '                gt: x <',
      ],
    ],
    [
      'an unknown segment',
      ['  new_search:', '    rules:', '      - when:', '          plan: x', '          segment: bta <'],
    ],
    ['an unknown flag', ['  new_search:', '    owner: me', '    prerequisites:', '      dark_mod: on <']],
    ['an unknown variant of a flag', ['  new_search:', '    prerequisites:', '      dark_mode: onn <']],
    ['an unknown off variant', ['  new_search:', '    owner: me', '    off: blue <']],
    ['overrides of an unknown variant', ['  new_search:', '    owner: me', '    overrides:', '      onn: [1] <']],
    ['variants that cannot be', ['  new_search:', '    owner: me', '    variants: [one] <']],
    [
      'days out of order',
      ['  new_search:', '    serve:', '      ramp: { start: 2026-12-01, days: [[3, 5], [0, 1]] } <'],
    ],
    ['a name that cannot be one', ['  team//new_search: true <']],
  ])('%s', (_what, lines) => {
    const { text, line } = marked(...lines);
    const [problem] = problemsOf(text);
    expect(problem).toMatch(new RegExp(`^flags\\.yaml:${line}: `));
  });

  it('in a segment', () => {
    const lines = [
      'segments:',
      '  staff: [1]',
      '  beta:',
      '    users: [1]',
      '    when:',
      '      age: { gt: x }',
      'flags: {}',
    ];
    expect(problemsOf(lines)[0]).toMatch(/^flags\.yaml:6: Segment "beta", when\.age\.gt: is "x"/);
  });

  it('under features too', () => {
    expect(problemsOf(['features:', '  a: true', '  b: maybe'])[0]).toMatch(/^flags\.yaml:3: Flag "b" is "maybe"/);
  });

  it('in JSON', () => {
    const lines = [
      '{',
      '  "flags": {',
      '    "a": true,',
      '    "b": {',
      '      "enabled": "maybe"',
      '    }',
      '  }',
      '}',
    ];
    expect(problemsOf(lines, 'flags.json')[0]).toMatch(/^flags\.json:5: Flag "b", enabled: is "maybe"/);
  });

  it('in a file with Windows line ends', () => {
    expect(problemsOf(['flags:\r', '  a: true\r', '  b: maybe\r'])[0]).toMatch(/^flags\.yaml:3: /);
  });

  it('behind an alias: the line of the alias', () => {
    const lines = ['flags:', '  a: &it', '    enabled: maybe', '  b: *it'];
    expect(problemsOf(lines).map((problem) => problem.slice(0, 13))).toEqual(['flags.yaml:3:', 'flags.yaml:4:']);
  });
});

it('a thousand wrong definitions are all told, each with its line', () => {
  const lines = Array.from({ length: 1000 }, (_, index) => `  flag-${index}: maybe`);
  const problems = problemsOf(['flags:', ...lines]);
  expect(problems).toHaveLength(1000);
  expect(problems.at(-1)).toMatch(/^flags\.yaml:1001: Flag "flag-999" is "maybe"/);
});
