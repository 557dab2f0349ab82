import { describe, expect, it } from 'vitest';
import { buildSnapshot } from '../../src/evaluation/snapshot.js';
import { Subject } from '../../src/evaluation/subject.js';
import { aFlag } from './a-flag.js';

const sources = { configs: [], definitions: { flags: {} }, origin: 'flags.yaml', revision: 0, report: () => undefined };

describe('a snapshot', () => {
  it('holds the flags of code first and then those of data, each in their order', () => {
    const configs = [aFlag({ flagName: 'B' }), aFlag({ flagName: 'A' })];
    const { flags } = buildSnapshot({ ...sources, configs, definitions: { flags: { z: true, A: true, y: true } } });
    expect([...flags.keys()]).toEqual(['B', 'A', 'z', 'y']);
  });

  it('may hold no flag at all', () => {
    expect(buildSnapshot(sources).flags.size).toBe(0);
  });

  it('carries the revision it was built from', () => {
    expect(buildSnapshot({ ...sources, revision: 42 }).revision).toBe(42);
  });

  it('says where a definition stands that cannot be used', () => {
    const build = (flags: object) => () => buildSnapshot({ ...sources, definitions: { flags: flags as never } });
    expect(build({ new_search: 'yes' })).toThrow('Flag "new_search" (flags.yaml) is "yes"');
    expect(build({ 'team//flag': true })).toThrow('flags.yaml has "team//flag" for its name');
  });

  it('hands failures of a flag’s code on, with the flag’s name', () => {
    const told: unknown[][] = [];
    const report = (...what: unknown[]): void => void told.push(what);
    const pickVariant = (): never => {
      throw new Error('no database');
    };
    const { flags } = buildSnapshot({ ...sources, configs: [aFlag({ pickVariant })], report });
    flags.get('SOME_FLAG')?.allocation.decide(new Subject());
    expect(told).toEqual([['SOME_FLAG', 'pickVariant threw: no database', new Error('no database')]]);
  });

  it('does not follow later changes of what it was built from', () => {
    const users = [1];
    const definitions: { flags: Record<string, boolean | number[]> } = { flags: { beta: users, dark_mode: true } };
    const { flags } = buildSnapshot({ ...sources, definitions });
    users.push(2);
    definitions.flags['dark_mode'] = false;
    expect(flags.get('dark_mode')?.enabled).toBe(true);
    expect(flags.get('beta')?.rules[0]?.condition.text).toBe('the user is one of 1 listed');
  });
});
