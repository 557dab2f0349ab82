import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { typed } from './a-terminal.js';

const VERBS =
  'list get create set kill revive delete watch history diff copy import export join leave types schema'.split(' ');

describe('gatekeeper', () => {
  it('alone says what it can do, and that it was called wrongly', async () => {
    const { code, out, err } = await typed();
    expect([code, err]).toEqual([2, '']);
    expect(out).toMatch(/^Usage: gatekeeper <verb> \[options\]/);
    for (const verb of VERBS) expect(out).toMatch(new RegExp(`^ {2}${verb} +\\S`, 'm'));
  });

  it.each(['help', '--help', '-h'])('%s says what it can do', async (word) => {
    expect(await typed(word)).toEqual({ code: 0, err: '', out: (await typed()).out });
  });

  it.each([
    ['typs', "gatekeeper has no verb 'typs'; did you mean 'types'?"],
    ['shema', "gatekeeper has no verb 'shema'; did you mean 'schema'?"],
    ['frobnicate', "gatekeeper has no verb 'frobnicate'"],
    ['sett', "gatekeeper has no verb 'sett'; did you mean 'set'?"],
    ['constructor', "gatekeeper has no verb 'constructor'"],
    ['--types', "gatekeeper has no verb '--types'"],
  ])('%s is no verb: it says so, and which there are', async (word, message) => {
    const { code, out, err } = await typed(word);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain(message);
    expect(err).toContain('Usage: gatekeeper <verb>');
  });

  it.each(VERBS)('%s --help says what it takes', async (verb) => {
    for (const help of ['--help', '-h']) {
      const { code, out, err } = await typed(verb, help);
      expect([code, err]).toEqual([0, '']);
      expect(out).toMatch(new RegExp(`^Usage: gatekeeper ${verb}`));
    }
  });

  it.each([
    ['an unknown option', ['types', '--stoer', 'x'], '--stoer'],
    ['an option without its value', ['types', '--store'], '--store'],
    ['a value for an option that takes none', ['types', '--check=yes'], '--check'],
    ['a word too many', ['schema', 'flags.yaml'], 'flags.yaml'],
    ['a word too few', ['get'], '<flag>'],
  ])('with %s says so, and what the verb takes', async (_what, words, named) => {
    const { code, out, err } = await typed(...words);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain(named);
    expect(err).toContain(`Usage: gatekeeper ${words[0]}`);
  });

  it('says what each exit code means', async () => {
    const { out } = await typed('help');
    for (const code of [0, 1, 2, 3, 4]) expect(out).toMatch(new RegExp(`^ {2}${code}  \\S`, 'm'));
  });

  it.each(VERBS.filter((verb) => !['types', 'schema'].includes(verb)))(
    '%s tells programs with --json, and says what',
    async (verb) => {
      const { out } = await typed(verb, '--help');
      expect(out).toMatch(/^ {2}--json +print JSON/m);
      expect(out).toContain('--json prints ');
    },
  );
});

describe.concurrent('the command', () => {
  const main = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));
  const command = (...words: string[]): Promise<[code: unknown, out: string, err: string]> =>
    new Promise((resolve) => {
      const args = ['--import', import.meta.resolve('tsx'), main, ...words];
      execFile(process.execPath, args, (error, out, err) => resolve([error?.code ?? 0, out, err]));
    });

  it('writes results to its output and ends with 0', { timeout: 20_000 }, async () => {
    const [code, out, err] = await command('schema');
    expect([code, err]).toEqual([0, '']);
    expect(JSON.parse(out)).toHaveProperty('properties.flags');
  });

  it('writes what went wrong to its errors and ends with another code', { timeout: 20_000 }, async () => {
    const [code, out, err] = await command('types', '--store', 'file:/nowhere/flags.yaml');
    expect([code, out]).toEqual([1, '']);
    expect(err).toMatch(/^Cannot read the flags in \/nowhere\/flags\.yaml: ENOENT/);
  });
});
