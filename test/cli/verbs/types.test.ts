import { existsSync, readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { aFolder, workIn } from '../../stores/a-folder.js';
import { aStore } from '../a-store.js';
import { typed } from '../a-terminal.js';

const YAML = `flags:
  dark_mode: true
  checkout/express-pay: { variants: [control, one_click, wallet] }
  page_size: { variants: { small: 10, large: 50 }, off: small }
`;

afterEach(() => vi.unstubAllEnvs());

function written(folder: string, name = 'gatekeeper-flags.d.ts'): string {
  return readFileSync(join(folder, name), 'utf8');
}

describe('gatekeeper types', () => {
  it('writes the declarations of the flags in this folder', async () => {
    const folder = workIn({ 'flags.yaml': YAML });
    const { code, out, err } = await typed('types');
    expect([code, err]).toEqual([0, '']);
    expect(out).toBe('gatekeeper-flags.d.ts: 3 flags of flags.yaml');
    expect(written(folder)).toContain(`declare module 'express-gatekeeper'`);
    expect(written(folder)).toContain(`'dark_mode': boolean;`);
    expect(written(folder)).toContain(
      `'checkout/express-pay': { variants: readonly ['control', 'one_click', 'wallet'] };`,
    );
    expect(written(folder)).toContain(`'page_size': { variants: { 'small': 10; 'large': 50 } };`);
  });

  it('says how to write it again', async () => {
    const folder = workIn({ 'flags.yaml': YAML });
    await typed('types');
    expect(written(folder)).toMatch(
      /^\/\/ Written by `gatekeeper types` from flags\.yaml: run it again instead of editing\.\n/,
    );
  });

  it('takes the flags from where it is told, and writes where it is told', async () => {
    const folder = workIn({ 'config/': '', 'src/': '', 'flags.yaml': 'flags: { other: true }\n' });
    writeFileSync('config/flags.json', '{ "flags": { "dark_mode": true } }');
    expect(await typed('types', '--store', 'file:config/flags.json', '--out', 'src/flags.d.ts')).toEqual({
      code: 0,
      err: '',
      out: 'src/flags.d.ts: 1 flag of config/flags.json',
    });
    expect(written(folder, 'src/flags.d.ts')).toContain('dark_mode');
    vi.stubEnv('GATEKEEPER_STORE', 'file:config/flags.json');
    await typed('types');
    expect(written(folder)).toContain('dark_mode');
  });

  it('writes the same for a file without a flag', async () => {
    workIn({ 'flags.yaml': 'flags: {}\n' });
    expect((await typed('types')).out).toBe('gatekeeper-flags.d.ts: 0 flags of flags.yaml');
  });
});

describe('gatekeeper types --check', () => {
  it('is content with what was just written, and writes nothing', async () => {
    const folder = workIn({ 'flags.yaml': YAML });
    await typed('types');
    utimesSync('gatekeeper-flags.d.ts', 1, 1);
    expect(await typed('types', '--check')).toEqual({ code: 0, out: 'gatekeeper-flags.d.ts is up to date.', err: '' });
    expect(statSync('gatekeeper-flags.d.ts').mtimeMs).toBe(1000);
    expect(readdirSync(folder).sort()).toEqual(['flags.yaml', 'gatekeeper-flags.d.ts']);
  });

  it('is content in every other checkout of the app', async () => {
    const here = workIn({ 'flags.yaml': YAML });
    await typed('types');
    workIn({ 'flags.yaml': YAML, 'gatekeeper-flags.d.ts': written(here) });
    expect((await typed('types', '--check')).code).toBe(0);
  });

  it('is content when only values, rules or the order of flags changed', async () => {
    workIn({ 'flags.yaml': 'flags: { a: true, b: 20 }\n' });
    await typed('types');
    writeFileSync('flags.yaml', 'flags: { b: { rules: [{ when: { plan: x } }] }, a: [1, 2] }\n');
    expect((await typed('types', '--check')).code).toBe(0);
  });

  it.each([
    ['a flag came', `${YAML}  new_search: true\n`],
    ['a flag went', 'flags:\n  dark_mode: true\n'],
    ['a variant came', YAML.replace('wallet', 'wallet, cash')],
    ['a value has another type', YAML.replace('{ small: 10, large: 50 }', '{ small: s, large: l }')],
  ])('fails once %s, and says what to run', async (_what, yaml) => {
    const folder = workIn({ 'flags.yaml': YAML });
    await typed('types');
    const before = written(folder);
    writeFileSync('flags.yaml', yaml);
    expect(await typed('types', '--check')).toEqual({
      code: 1,
      out: '',
      err: 'gatekeeper-flags.d.ts is out of date; run gatekeeper types.',
    });
    expect(written(folder)).toBe(before);
  });

  it('fails when nothing was written yet', async () => {
    const folder = workIn({ 'flags.yaml': YAML });
    expect((await typed('types', '--check')).code).toBe(1);
    expect(readdirSync(folder)).toEqual(['flags.yaml']);
  });
});

describe('gatekeeper types fails', () => {
  it('where there are no flags, and says how to name them', async () => {
    workIn({});
    const { code, out, err } = await typed('types');
    expect([code, out]).toEqual([2, '']);
    expect(err).toBe('There is no flags.yaml here; name a store, e.g. --store file:config/flags.yaml');
  });

  it('for an environment that nobody has written to, which is rather a slip in its name', async () => {
    await aStore({ production: { flags: { search: true } } });
    expect((await typed('types', '--env', 'production')).code).toBe(0);
    const { code, err } = await typed('types', '--env', 'prodution');
    expect(code).toBe(1);
    expect(err).toMatch(/^Nothing was ever written to environment 'prodution' of flags\.db/);
  });

  it('for a store of an unknown kind, and says which there are', async () => {
    const { code, err } = await typed('types', '--store', 'mongo:x');
    expect(code).toBe(2);
    expect(err).toMatch(/^"mongo:x" names no store; use file:/);
  });

  it.each([
    ['a file that is not there', {}, ['--store', 'file:flags.yaml'], /^Cannot read the flags in flags\.yaml: ENOENT/],
    ['a file that cannot be parsed', { 'flags.yaml': 'flags: [\n' }, [], /^flags\.yaml cannot be parsed: .* at line 2/],
    ['a folder', { 'flags.yaml/': '' }, [], /^Cannot read the flags in flags\.yaml: it is not a file/],
    [
      'a flag that is wrong',
      { 'flags.yaml': 'flags:\n  a: true\n  b: maybe\n' },
      [],
      /^flags\.yaml:3: Flag "b" is "maybe"; use/,
    ],
    ['an out in no folder', { 'flags.yaml': YAML }, ['--out', 'nowhere/flags.d.ts'], /nowhere\/flags\.d\.ts/],
  ])('for %s, and says why', async (_what, files: Record<string, string>, words, message) => {
    workIn(files);
    const { code, out, err } = await typed('types', ...words);
    expect([code, out]).toEqual([1, '']);
    expect(err).toMatch(message);
  });

  it('without touching what was there', async () => {
    const folder = workIn({ 'flags.yaml': 'flags:\n  b: maybe\n', 'gatekeeper-flags.d.ts': '// before\n' });
    expect((await typed('types')).code).toBe(1);
    expect(written(folder)).toBe('// before\n');
    expect(existsSync(join(aFolder(), 'gatekeeper-flags.d.ts.tmp'))).toBe(false);
    expect(readdirSync(folder).sort()).toEqual(['flags.yaml', 'gatekeeper-flags.d.ts']);
  });
});
