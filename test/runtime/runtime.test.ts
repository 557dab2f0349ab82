import { gatekeeper } from 'express-gatekeeper';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { Runtime } from '../../src/runtime/runtime.js';
import { aFlag } from '../evaluation/a-flag.js';
import { Notebook } from '../evaluation/a-reader.js';
import { workIn } from '../stores/a-folder.js';
import { ShelfStore } from '../stores/shelf-store.js';

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

  it('does not stop the app for one flag that cannot be used: it is told, with its line, and off', () => {
    workIn({ 'flags.yaml': 'flags:\n  dark_mode: maybe\n  new_search: true\n' });
    const logger = new Notebook();
    const gk = gatekeeper({ flags: [], logger });
    expect({ ...gk.for().all() }).toEqual({ dark_mode: 'off', new_search: 'on' });
    const problem =
      'flags.yaml:2: Flag "dark_mode" is "maybe"; use true, false, a percentage such as 20, a list of user ids';
    expect(gk.health()).toMatchObject({ status: 'degraded', cause: expect.stringContaining(problem) });
    expect(logger.lines).toEqual([expect.stringContaining(`gatekeeper: ${problem}`)]);
  });

  it.each([
    ['it is a folder', { 'flags.yaml/': '' }, /^Cannot read the flags in flags\.yaml: it is not a file/],
    ['it cannot be parsed', { 'flags.yaml': 'flags: [1, 2\n' }, /^flags\.yaml cannot be parsed: .* at line 2/],
    ['it has no map of flags', { 'flags.json': '[1]' }, /^flags\.json is not a map; write flags under/],
  ])('stops the app at its start, not at a request, when %s', (_when, files: Record<string, string>, message) => {
    workIn(files);
    expect(served).toThrow(message);
  });

  it('is not looked for when a store is named', () => {
    workIn({ 'flags.yaml': 'flags: { one: true }\n', 'config.yaml': 'flags: { two: true }\n' });
    expect(Object.keys(gatekeeper({ flags: [], store: 'file:config.yaml' }).for().all())).toEqual(['two']);
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

describe('a store', () => {
  it('stands over definitions, and definitions over classes, flag by flag and field by field', () => {
    workIn({ 'config.yaml': 'flags: { ONE: { serve: OFF }, TWO: { overrides: { ON: [7] } } }\n' });
    const flags = ['ONE', 'TWO', 'THREE'].map((flagName) => aFlag({ flagName, pickVariant: () => 'ON' }));
    const definitions = { flags: { ONE: { overrides: { ON: [7] } }, TWO: { serve: 'OFF' } } };
    const gk = gatekeeper({ flags, definitions, store: 'file:config.yaml' });
    expect({ ...gk.for().all() }).toEqual({ ONE: 'OFF', TWO: 'OFF', THREE: 'ON' });
    expect({ ...gk.for({ userId: 7 }).all() }).toEqual({ ONE: 'ON', TWO: 'ON', THREE: 'ON' });
  });

  it('is refused at creation when it cannot be found', () => {
    workIn({});
    expect(() => gatekeeper({ flags: [], store: 'file:flags.yaml' })).toThrow(
      /^Cannot read the flags in flags\.yaml: ENOENT/,
    );
  });

  it('whose content cannot be used as a whole changes nothing, and what comes next is told against what is in use', () => {
    const store = new ShelfStore({ a: true, b: true });
    const gk = gatekeeper({ flags: [], store, logger: new Notebook() });
    const told: (readonly string[])[] = [];
    gk.on('change', ({ flags }) => told.push(flags));
    const tooMany = Object.fromEntries(Array.from({ length: 50_001 }, (_, index) => [`f${index}`, true]));
    store.put({ ...tooMany, a: false });
    expect({ ...gk.for().all() }).toEqual({ a: 'on', b: 'on' });
    expect(gk.health()).toMatchObject({ status: 'stale', cause: expect.stringContaining('at most 50000 are taken') });
    store.put({ a: false, b: true });
    expect({ ...gk.for().all() }).toEqual({ a: 'off', b: 'on' });
    expect(told).toEqual([['a']]);
  });

  it('is closed with the gatekeeper', async () => {
    const store = new ShelfStore({});
    await gatekeeper({ flags: [], store }).close();
    expect(store.closed).toBe(true);
  });
});
