import { describe, expect, it } from 'vitest';
import { buildSnapshot } from '../../src/evaluation/build-snapshot.js';
import { aFlag } from './a-flag.js';
import { aSnapshot, readerAt } from './a-snapshot.js';

describe('a snapshot', () => {
  it('holds the flags of code first and then those of data, each in their order', () => {
    const configs = [aFlag({ flagName: 'B' }), aFlag({ flagName: 'A' })];
    const { flags } = aSnapshot({ configs, flags: { z: true, A: true, y: true } });
    expect([...flags.keys()]).toEqual(['B', 'A', 'z', 'y']);
  });

  it('may hold no flag at all', () => {
    expect(aSnapshot().flags.size).toBe(0);
    expect(buildSnapshot({ configs: [], layers: [], revision: 0 }).flags.size).toBe(0);
  });

  it('carries the revision it was built from', () => {
    expect(aSnapshot({ revision: 42 }).revision).toBe(42);
  });

  it('says where a definition stands that cannot be used', () => {
    const build = (flags: object) => () => aSnapshot({ flags });
    expect(build({ new_search: 'yes' })).toThrow('flags.yaml: Flag "new_search" is "yes"; use true, false');
    expect(build({ 'team//flag': true })).toThrow('flags.yaml: Flag "team//flag" has "team//flag" for its name');
  });

  it('does not follow later changes of what it was built from', () => {
    const beta: unknown[] = [1];
    const flags: Record<string, unknown> = { beta, dark_mode: true };
    const snapshot = aSnapshot({ flags });
    beta.push(2);
    flags['dark_mode'] = false;
    expect(snapshot.flags.get('dark_mode')?.enabled).toBe(true);
    expect(readerAt(0, snapshot, 2).isEnabled('beta')).toBe(false);
  });
});

describe('a snapshot of definitions, one of which cannot be used,', () => {
  const flags = { good: 100, broken: { enabeld: true }, also_good: { rules: [{ when: { plan: 'premium' } }] } };

  it('is not built from code, where somebody can mend it at once', () => {
    expect(() => aSnapshot({ flags })).toThrow(
      `flags.yaml: Flag "broken" has the unknown key "enabeld"; did you mean 'enabled'?`,
    );
  });

  it('is built from a file, and lets the others be as they are', () => {
    const reader = readerAt(0, aSnapshot({ flags, tolerant: true }), 1, { plan: 'premium' });
    expect({ ...reader.all() }).toEqual({ good: 'on', broken: 'off', also_good: 'on' });
    expect(reader.details('broken')).toMatchObject({ value: false, reason: 'ERROR', errorCode: 'PARSE_ERROR' });
  });

  it('says what cannot be used and why', () => {
    const { problems, flags: compiled } = aSnapshot({ flags, segments: { beta: 7 }, tolerant: true });
    expect(problems).toEqual([
      {
        kind: 'segment',
        name: 'beta',
        message: expect.stringContaining('Segment "beta" is 7; use a list of user ids'),
      },
      { kind: 'flag', name: 'broken', message: expect.stringContaining('did you mean') },
    ]);
    expect(compiled.get('broken')?.problem).toBe(problems[1]?.message);
    expect(readerAt(0, aSnapshot({ flags, tolerant: true })).explain('broken').text).toContain(
      `Its definition cannot be used: flags.yaml: Flag "broken" has the unknown key "enabeld"`,
    );
  });

  it('lets the class decide where there is one, and says why its definition does not count', () => {
    const configs = [aFlag({ flagName: 'broken', pickVariant: () => 'ON' }, { overrides: { OFF: [7] } })];
    const snapshot = aSnapshot({ configs, flags, tolerant: true });
    expect(readerAt(0, snapshot, 1).details('broken')).toMatchObject({ variant: 'ON', reason: 'DEFAULT' });
    expect(readerAt(0, snapshot, 7).details('broken')).toMatchObject({ variant: 'OFF', reason: 'OVERRIDE' });
    expect(snapshot.flags.get('broken')?.problem).toContain('enabeld');
  });

  it.each([
    ['killed', { killed: true, enabeld: true }],
    ['killed in a way that nobody understands', { killed: 'yes' }],
    ['switched off', { enabled: false, serve: 'nonsense' }],
    ['switched off in a way that nobody understands', { enabled: 'no' }],
  ])('never opens what its definition wants shut: %s', (_how, broken) => {
    const configs = [aFlag({ flagName: 'broken', pickVariant: () => 'ON' }, { overrides: { ON: [7] } })];
    const details = (userId: number) =>
      readerAt(0, aSnapshot({ configs, flags: { broken }, tolerant: true }), userId).details('broken');
    expect(details(1)).toMatchObject({ variant: 'OFF', reason: 'DISABLED' });
    expect(details(7).variant).toBe('killed' in broken ? 'OFF' : 'ON');
  });

  it('takes no browser override for it, as nobody knows what its variants are', () => {
    expect(aSnapshot({ flags, tolerant: true }).flags.get('broken')?.overridable).toBe(false);
  });

  it.each([
    ['a name that cannot be one', { 'team//flag': true }],
    ['an unknown variant', { broken: { serve: 'onn' } }],
    ['an unknown segment', { broken: { rules: [{ when: { segment: 'beta' } }] } }],
    ['an unknown flag', { broken: { prerequisites: { other: 'on' } } }],
    ['itself for a prerequisite', { broken: { prerequisites: { broken: 'on' } } }],
    ['a user pinned twice', { broken: { overrides: { on: [1], off: [1] } } }],
    ['a range that is none', { broken: { rules: [{ when: { version: { semver: 'newest' } } }] } }],
    ['nothing', { broken: null }],
  ])('is built whatever is wrong: %s', (_what, wrong) => {
    const snapshot = aSnapshot({ flags: { ...wrong, good: true }, tolerant: true });
    expect(snapshot.problems).toHaveLength(1);
    expect(readerAt(0, snapshot, 1).isEnabled('good')).toBe(true);
  });

  it('keeps a flag that looks at a broken one as it is: only the look fails', () => {
    const looking = {
      checkout: { variants: ['classic', 'wallet'], off: 'classic', rulez: [] },
      hint: { rules: [{ when: { flag: { checkout: 'wallet' } }, serve: 'off' }], serve: 'on' },
    };
    const snapshot = aSnapshot({ flags: looking, tolerant: true });
    expect(snapshot.problems.map(({ name }) => name)).toEqual(['checkout']);
    expect(readerAt(0, snapshot, 1).details('hint')).toMatchObject({ variant: 'on', reason: 'STATIC' });
  });

  it('never says of a segment that is there, but broken, that there is none', () => {
    const using = { hint: { rules: [{ when: { segment: 'beta' } }], serve: 'off' } };
    const { problems } = aSnapshot({ flags: using, segments: { beta: { user: [1] } }, tolerant: true });
    expect(problems[0]).toMatchObject({ kind: 'segment', name: 'beta' });
    expect(problems.map(({ message }) => message).join()).not.toContain('there is no segment "beta"');
  });
});
