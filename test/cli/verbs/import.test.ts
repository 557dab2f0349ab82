import { writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { aStore, flagIn, storeWith } from '../a-store.js';
import { printed, typed, typedIn } from '../a-terminal.js';

const YAML = `flags:
  dark_mode: true
  search: { serve: { percentage: 20 }, description: 'on: "the" night' }
segments:
  beta: [1]
`;
const CONTENT = parse(YAML) as object;

describe('gatekeeper import', () => {
  it.each([
    ['YAML', 'in.yaml', YAML],
    ['JSON', 'in.json', JSON.stringify(CONTENT)],
    ['the key of other tools', 'in.yaml', YAML.replace('flags:', 'features:')],
  ])('takes in a file of %s as one change', async (_what, file, text) => {
    const store = await storeWith({ old: true });
    writeFileSync(file, text);
    const { code, out } = await typed('import', file, '--comment', 'first');
    expect(code).toBe(0);
    expect(out).toContain('+ dark_mode: on\n+ search: on for 20%\n+ segment beta: 1 user\n');
    const { flags, segments, revision } = await store.load('default');
    expect({ flags, segments, revision }).toEqual({
      flags: { old: true, dark_mode: true, search: { serve: { percentage: 20 }, description: 'on: "the" night' } },
      segments: { beta: [1] },
      revision: 2,
    });
  });

  it('takes in what is handed in', async () => {
    const store = await storeWith({});
    expect((await typedIn({ input: YAML }, 'import', '-')).code).toBe(0);
    expect(await flagIn(store, 'dark_mode')).toBe(true);
  });

  it('deletes what the file does not name with --replace', async () => {
    const store = await storeWith({ old: true, dark_mode: false }, { gone: [1] });
    await typedIn({ input: YAML }, 'import', '-', '--replace');
    expect(await store.load('default')).toMatchObject({ revision: 2, ...CONTENT });
    expect(Object.keys((await store.load('default')).flags)).not.toContain('old');
    expect(Object.keys((await store.load('default')).segments)).toEqual(['beta']);
  });

  it('takes an empty file for a mistake, not for the wish to have no flag', async () => {
    const store = await storeWith({ a: true });
    expect(await typedIn({ input: '\n' }, 'import', '-', '--replace')).toMatchObject({
      code: 1,
      err: expect.stringContaining('is empty'),
    });
    expect(await flagIn(store, 'a')).toBe(true);
    expect((await typedIn({ input: 'flags: {}' }, 'import', '-', '--replace')).code).toBe(0);
    expect(await flagIn(store, 'a')).toBeUndefined();
  });

  it('leaves killed flags killed, unless the file says otherwise', async () => {
    const store = await storeWith({ a: { killed: true }, b: { killed: true }, c: true });
    const { err } = await typedIn(
      { input: 'flags: { a: 20, b: { killed: false }, c: { killed: true } }' },
      'import',
      '-',
    );
    expect(err).toBe('a is killed and stays off for everyone; gatekeeper revive ends that.');
    expect((await store.load('default')).flags).toEqual({
      a: { serve: { percentage: 20 }, killed: true },
      b: { killed: false },
      c: { killed: true },
    });
  });

  it('tells everything that is wrong, by its line, and writes nothing', async () => {
    const store = await storeWith({});
    writeFileSync('in.yaml', 'flags:\n  good: true\n  a: maybe\n  b: 120\n  c//d: true\nsegments:\n  s: 7\n');
    const { code, err } = await typed('import', 'in.yaml');
    expect(code).toBe(1);
    expect(err.split('\n')).toEqual([
      expect.stringMatching(/^in\.yaml:3: Flag "a" is "maybe"; use/),
      expect.stringMatching(/^in\.yaml:4: Flag "b" is 120; /),
      expect.stringMatching(/^in\.yaml:5: Flag "c\/\/d" has /),
      expect.stringMatching(/^in\.yaml:7: Segment "s" is 7; /),
      'Nothing was written.',
    ]);
    expect(await store.revision('default')).toBe(0);
  });

  it.each([
    ['a file that is not there', 'nope.yaml', /Cannot read the flags in nope\.yaml: ENOENT/],
    ['a file that cannot be parsed', '-', /the standard input cannot be parsed: .* at line 2/],
  ])('says so of %s', async (_what, file, message) => {
    await storeWith({});
    const { code, err } = await typedIn({ input: 'flags: [\n' }, 'import', file);
    expect(code).toBe(1);
    expect(err).toMatch(message);
  });

  it('refuses what makes no sense as a whole', async () => {
    const store = await storeWith({});
    const { code, err } = await typedIn(
      { input: 'flags: { a: { rules: [{ when: { segment: beta } }] } }' },
      'import',
      '-',
    );
    expect(code).toBe(1);
    expect(err).toContain('there is no segment "beta"');
    expect(await store.revision('default')).toBe(0);
  });

  it('shows a person how far it is, and nobody else', async () => {
    await storeWith({});
    const steps: string[] = [];
    const { err } = await typedIn({ input: YAML, progress: (step) => steps.push(step) }, 'import', '-');
    expect(steps).toEqual([
      'Reading the standard input …',
      'Checking 2 flags …',
      'Writing 2 flags to default of flags.db …',
      '',
    ]);
    expect(err).toBe('');
  });

  it('takes in ten thousand flags', { timeout: 30_000 }, async () => {
    const store = await storeWith({});
    const flags = Object.fromEntries(
      Array.from({ length: 10_000 }, (_, index) => [`f/${index}`, { serve: { percentage: 5 } }]),
    );
    const { code, out } = await typedIn({ input: JSON.stringify({ flags }) }, 'import', '-');
    expect(code).toBe(0);
    expect(out).toContain('… and 9960 more changes');
    expect(await store.revision('default')).toBe(1);
    expect(Object.keys((await store.load('default')).flags)).toHaveLength(10_000);
  });
});

describe('gatekeeper export', () => {
  it('prints what import reads, as YAML and as JSON', async () => {
    await aStore({ default: CONTENT });
    const yaml = (await typed('export')).out;
    expect(parse(yaml)).toEqual(CONTENT);
    expect(await printed('export')).toEqual(CONTENT);
    for (const input of [yaml, JSON.stringify(CONTENT)]) {
      expect((await typedIn({ input }, 'import', '-', '--replace')).out).toContain('Nothing is different');
    }
  });

  it('prints one folder', async () => {
    await storeWith({ 'shop/pay': 20, other: true }, { beta: [1] });
    expect(await printed('export', 'shop/')).toEqual({ flags: { 'shop/pay': 20 }, segments: {} });
  });
});
