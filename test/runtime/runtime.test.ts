import { join } from 'node:path';
import { gatekeeper } from 'express-gatekeeper';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { Runtime } from '../../src/runtime/runtime.js';
import { aFlag } from '../evaluation/a-flag.js';
import { Notebook } from '../evaluation/a-reader.js';
import { workIn } from '../stores/a-folder.js';

afterEach(() => vi.unstubAllEnvs());

function served(): Record<string, string> {
  return { ...gatekeeper({ flags: [] }).for().all() };
}

describe('the flags file of the working directory', () => {
  it.each([
    ['flags.yaml', 'flags:\n  dark_mode: true\n'],
    ['flags.yml', 'features:\n  dark_mode: true\n'],
    ['flags.json', '{ "flags": { "dark_mode": true } }'],
  ])('is read when it is %s', (name, content) => {
    workIn({ [name]: content });
    expect(served()).toEqual({ dark_mode: 'on' });
  });

  it('need not be there', () => {
    workIn({});
    expect(served()).toEqual({});
  });

  it('is not read when definitions are given', () => {
    workIn({ 'flags.yaml': 'this: is: no YAML' });
    const gk = gatekeeper({ flags: [], definitions: { flags: { new_search: true } } });
    expect(Object.keys(gk.for().all())).toEqual(['new_search']);
  });

  it('goes over the flags that are classes', () => {
    workIn({ 'flags.yaml': 'flags:\n  SOME_FLAG: 100\n' });
    expect(
      gatekeeper({ flags: [aFlag({})] })
        .for()
        .details('SOME_FLAG'),
    ).toMatchObject({ variant: 'ON', reason: 'STATIC' });
  });

  it('is named in a complaint about a flag in it', () => {
    const folder = workIn({ 'flags.yaml': 'flags:\n  dark_mode: maybe\n' });
    expect(served).toThrow(`Flag "dark_mode" (${join(folder, 'flags.yaml')}) is "maybe", which cannot be read`);
  });

  it('stops the app at its start, not at a request, when it cannot be used', () => {
    workIn({ 'flags.yaml/': '' });
    expect(served).toThrow(/^Cannot read \/.*\/flags\.yaml/);
  });
});

describe('flags', () => {
  it('may be a list or a record with keys of the app’s own', () => {
    const [one, two] = [aFlag({ flagName: 'ONE' }), aFlag({ flagName: 'TWO' })];
    for (const flags of [[one, two], { first: one, second: two }]) {
      expect([...new Runtime({ flags, definitions: { flags: {} } }).snapshot.flags.keys()]).toEqual(['ONE', 'TWO']);
    }
  });

  it('in a record are named by their key when they are none', () => {
    const flags = { first: aFlag({}), second: 7 as never };
    expect(() => new Runtime({ flags, definitions: { flags: {} } })).toThrow('flags.second is 7; give an instance');
  });
});

describe('the environment', () => {
  const environment = (options = {}): string => new Runtime({ definitions: { flags: {} }, ...options }).environment;

  it('is the one given, else GATEKEEPER_ENV, else default', () => {
    vi.stubEnv('GATEKEEPER_ENV', 'staging');
    expect([environment({ environment: 'production' }), environment()]).toEqual(['production', 'staging']);
    vi.stubEnv('GATEKEEPER_ENV', '');
    expect(environment()).toBe('default');
    vi.stubEnv('GATEKEEPER_ENV', undefined);
    expect([environment(), environment({ environment: undefined })]).toEqual(['default', 'default']);
  });

  it('is never NODE_ENV', () => {
    vi.stubEnv('GATEKEEPER_ENV', undefined);
    vi.stubEnv('NODE_ENV', 'production');
    expect(environment()).toBe('default');
  });

  it('is read once', () => {
    vi.stubEnv('GATEKEEPER_ENV', 'staging');
    const runtime = new Runtime({ definitions: { flags: {} } });
    vi.stubEnv('GATEKEEPER_ENV', 'production');
    expect(runtime.environment).toBe('staging');
  });
});

describe('development', () => {
  it.each([
    [undefined, true],
    ['', true],
    ['development', true],
    ['test', true],
    ['production', false],
    ['staging', false],
    ['Development', false],
    ['prod', false],
  ])('with NODE_ENV %o is %s', (value, development) => {
    vi.stubEnv('NODE_ENV', value);
    expect(new Runtime({ definitions: { flags: {} } }).development).toBe(development);
  });

  it('is told of flags that do not exist; production, where a visitor could make them up, is not', () => {
    const told = (value: string): number => {
      vi.stubEnv('NODE_ENV', value);
      const logger = new Notebook();
      gatekeeper({ flags: [], definitions: { flags: {} }, logger })
        .for()
        .ff('NEW_SAERCH', 'on');
      return logger.lines.length;
    };
    expect([told('development'), told('production')]).toEqual([1, 0]);
  });
});

describe('the app’s name', () => {
  const appName = (options = {}): string => new Runtime({ definitions: { flags: {} }, ...options }).appName;

  it('is the one given, else that of package.json', () => {
    workIn({ 'package.json': '{ "name": "@acme/shop" }' });
    expect([appName({ appName: 'blog' }), appName()]).toEqual(['blog', '@acme/shop']);
  });

  it.each([
    ['there is no package.json', {}],
    ['it is broken', { 'package.json': '{ "name": ' }],
    ['it has no name', { 'package.json': '{}' }],
    ['its name is no text', { 'package.json': '{ "name": 7 }' }],
    ['it is a list', { 'package.json': '["name"]' }],
    ['it is null', { 'package.json': 'null' }],
    ['it is a folder', { 'package.json/': '' }],
  ])('is app when %s', (_when, files: Record<string, string>) => {
    workIn(files);
    expect(appName()).toBe('app');
  });
});

describe('what is taken for granted', () => {
  it('is the console and the clock of the process', () => {
    const warn = vi.spyOn(console, 'warn').mockReturnValue();
    const runtime = new Runtime({ definitions: { flags: {} } });
    runtime.logger.warn('a');
    expect(warn).toHaveBeenCalledWith('gatekeeper: a');
    expect(Math.abs(runtime.clock() - Date.now())).toBeLessThan(10_000);
    warn.mockRestore();
  });

  it('can be given instead', () => {
    expect(new Runtime({ definitions: { flags: {} }, clock: () => 7 }).clock()).toBe(7);
  });
});
