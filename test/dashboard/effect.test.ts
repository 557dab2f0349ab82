import type { EvaluationContext, FlagInput, SegmentInput } from 'express-gatekeeper';
import { describe, expect, it } from 'vitest';
import { effectOf, type FlagEffect } from '../../src/dashboard/models/effect.js';
import { SnapshotBuild } from '../../src/evaluation/build-snapshot.js';
import { configsByName } from '../../src/evaluation/drafting.js';
import type { Flags } from '../../src/evaluation/flag-config.js';
import type { RecentContext } from '../../src/runtime/recent-contexts.js';
import { aFlag } from '../evaluation/a-flag.js';

const NOW = Date.UTC(2026, 11, 1);

const users = (length: number): RecentContext[] =>
  Array.from({ length }, (_, i) => ({ userId: `user-${i}`, attributes: {}, at: NOW }));

const someone = (userId: string, attributes: Readonly<Record<string, unknown>> = {}): RecentContext => ({
  userId,
  attributes,
  at: NOW,
});

interface Changing {
  readonly configs?: Flags;
  readonly segments?: Readonly<Record<string, SegmentInput>>;
  readonly contexts?: readonly RecentContext[];
  readonly named?: readonly string[];
}

type Records = Readonly<Record<string, FlagInput>>;

/** The effect of a change of some flags, or segments, of those there are. */
function changing(
  flags: Records,
  change: {
    readonly flags?: Readonly<Record<string, FlagInput | null>>;
    readonly segments?: Readonly<Record<string, SegmentInput>>;
  },
  { configs = [], segments = {}, contexts = users(100), named }: Changing = {},
) {
  const layer = (definitions: { flags: Records; segments: Readonly<Record<string, SegmentInput>> }) => [
    { definitions, origin: { name: 'here' }, tolerant: true },
  ];
  const before = new SnapshotBuild(configsByName(configs), layer({ flags, segments }), 1);
  const after = before.after(
    layer({ flags: present({ ...flags, ...change.flags }), segments: { ...segments, ...change.segments } }),
    2,
    { flags: new Set(Object.keys(change.flags ?? {})), segments: new Set(Object.keys(change.segments ?? {})) },
  );
  return effectOf(before.snapshot, after.snapshot, named ?? Object.keys(change.flags ?? {}), contexts, NOW);
}

function present(flags: Readonly<Record<string, FlagInput | null>>): Records {
  return Object.fromEntries(Object.entries(flags).filter((entry): entry is [string, FlagInput] => entry[1] !== null));
}

const counts = ({ gain, lose, switch: switched, stay }: FlagEffect) => [gain, lose, switched, stay];

describe('the effect of a change', () => {
  it('of a percentage is counted person by person, with reasons', () => {
    const { flags, people, others } = changing({ x: 20 }, { flags: { x: 60 } });
    const [effect] = flags;
    expect([people, others]).toEqual([100, []]);
    expect(effect?.lose).toBe(0);
    expect(effect?.gain).toBeGreaterThan(20);
    expect(effect?.variants.map(({ variant, off, kind }) => [variant, off, kind])).toEqual([
      ['on', false, 'same'],
      ['off', true, 'same'],
    ]);
    const [on] = effect?.variants ?? [];
    expect(on?.after).toBe((on?.before ?? 0) + (effect?.gain ?? 0));
    expect(on?.afterShare).toBe(on?.after);
    const [move] = effect?.moves ?? [];
    expect([move?.kind, move?.from, move?.to, move?.count]).toEqual(['gain', 'off', 'on', effect?.gain]);
    expect(move?.examples).toHaveLength(3);
    expect(move?.examples[0]?.before).toMatch(/^20 % get on; .* off is served/);
    expect(move?.examples[0]?.after).toMatch(/^60 % get on; .* on is served/);
    expect(move?.examples[0]?.who).toMatchObject({ kind: 'user', name: expect.stringMatching(/^user-/) });
  });

  it('of a switch from one variant to another is told apart from gaining and losing', () => {
    const of = (serve: string) => ({ variants: ['red', 'blue', 'off'], serve });
    const effect = (from: string, to: string) => changing({ x: of(from) }, { flags: { x: of(to) } }).flags[0];
    expect(counts(effect('red', 'blue') as FlagEffect)).toEqual([0, 0, 100, 0]);
    expect(counts(effect('red', 'off') as FlagEffect)).toEqual([0, 100, 0, 0]);
    expect(counts(effect('off', 'red') as FlagEffect)).toEqual([100, 0, 0, 0]);
    expect(counts(effect('red', 'red') as FlagEffect)).toEqual([0, 0, 0, 100]);
  });

  it('of another value under the same name is a switch, and shows both values', () => {
    const of = (small: number) => ({ variants: { small, large: 50 }, off: 'large', serve: 'small' });
    const [effect] = changing({ x: of(10) }, { flags: { x: of(12) } }).flags;
    expect(effect?.switch).toBe(100);
    expect(effect?.moves[0]).toMatchObject({ from: 'small', to: 'small', fromValue: '10', toValue: '12' });
  });

  it('of a new flag is a gain for those who get it; of one that goes, a loss', () => {
    const [created] = changing({}, { flags: { x: ['user-1'] } }).flags;
    expect(counts(created as FlagEffect)).toEqual([1, 0, 0, 99]);
    expect(created?.moves[0]).toMatchObject({ kind: 'gain', from: '', to: 'on' });
    expect(created?.variants.map(({ variant, before, after }) => [variant, before, after])).toEqual([
      ['on', 0, 1],
      ['off', 0, 99],
      ['', 100, 0],
    ]);
    const [gone] = changing({ x: true }, { flags: { x: null } }).flags;
    expect(counts(gone as FlagEffect)).toEqual([0, 100, 0, 0]);
    expect(gone?.moves[0]).toMatchObject({ kind: 'lose', from: 'on', to: '' });
  });

  it('of variants that come and go says which', () => {
    const of = (...variants: string[]) => ({ variants: [...variants, 'off'], serve: variants[0] as string });
    const [effect] = changing({ x: of('red', 'blue') }, { flags: { x: of('blue', 'green') } }).flags;
    expect(effect?.variants.map(({ variant, kind, before, after }) => [variant, kind, before, after])).toEqual([
      ['blue', 'same', 0, 100],
      ['green', 'new', 0, 0],
      ['off', 'same', 0, 0],
      ['red', 'gone', 100, 0],
    ]);
  });

  it('reaches flags that depend on it, by prerequisites, rules and segments, and no others', () => {
    const flags = {
      base: false,
      direct: { prerequisites: { base: 'on' } },
      further: { prerequisites: { direct: 'on' } },
      ruled: { rules: [{ when: { flag: { base: 'on' } } }], serve: 'off' },
      indifferent: { prerequisites: { base: ['on', 'off'] } },
      apart: 50,
    };
    const { others, othersFor } = changing(flags, { flags: { base: true } });
    expect(others.map((effect) => [effect.name, ...counts(effect)])).toEqual([
      ['direct', 100, 0, 0, 0],
      ['further', 100, 0, 0, 0],
      ['ruled', 100, 0, 0, 0],
    ]);
    expect(othersFor).toBe(100);
    const joined = changing(
      { x: { rules: [{ when: { segment: 'beta' } }], serve: 'off' } },
      { segments: { beta: ['user-3'] } },
      { segments: { beta: [] } },
    );
    expect(joined.flags).toEqual([]);
    expect(joined.others.map((effect) => [effect.name, ...counts(effect)])).toEqual([['x', 1, 0, 0, 99]]);
  });

  it('is asked of fewer people for other flags when there are a great many of them', () => {
    const names = Array.from({ length: 3_000 }, (_, i) => `flag-${i}`);
    const flags = Object.fromEntries(names.map((name) => [name, { prerequisites: { base: 'on' } }]));
    const effect = changing({ base: false, ...flags }, { flags: { base: true } });
    expect([effect.others.length, effect.furtherOthers.length]).toEqual([10, 2_990]);
    expect([effect.people, effect.othersFor]).toEqual([100, 33]);
  });

  it('with nobody to tell from, says so', () => {
    const effect = changing({ x: 20 }, { flags: { x: 60 } }, { contexts: [] });
    expect(effect.people).toBe(0);
    expect(effect.flags[0]?.variants.map(({ afterShare }) => afterShare)).toEqual([0, 0]);
  });
});

describe('what the effect cannot know', () => {
  const rules = [{ when: { country: 'SE', 'user.plan': 'premium' } }];

  it('is which attributes were asked for and are not known, and of how many', () => {
    const contexts = [
      someone('1', { country: 'SE', user: { plan: 'premium' } }),
      someone('2', { country: 'SE', user: {} }),
      someone('3', { country: 'SE' }),
      someone('4', { country: 'NO', user: { plan: 'basic' } }),
      someone('5'),
    ];
    const [effect] = changing({ x: false }, { flags: { x: { rules, serve: 'off' } } }, { contexts }).flags;
    expect(effect?.gain).toBe(1);
    expect(effect?.unknown).toEqual([
      { attribute: 'user.plan', people: 3 },
      { attribute: 'country', people: 1 },
    ]);
  });

  it('is nothing where nothing is asked', () => {
    const [effect] = changing({ x: false }, { flags: { x: true } }).flags;
    expect([effect?.unknown, effect?.code, effect?.failed]).toEqual([[], false, 0]);
  });

  it('is what a class reads of a request, and for how many it failed without one', () => {
    const configs = [
      aFlag({
        flagName: 'CODE',
        pickVariant: ({ userId, request }: EvaluationContext) =>
          userId === 'user-1' ? String(request?.path.length) : 'ON',
      }),
    ];
    const [effect] = changing({}, { flags: { CODE: { owner: 'web' } } }, { configs, contexts: users(10) }).flags;
    expect([effect?.code, effect?.failed]).toEqual([true, 1]);
    const [off] = changing({}, { flags: { CODE: false } }, { configs, contexts: users(10) }).flags;
    expect([off?.code, off?.failed, off?.lose]).toEqual([true, 0, 9]);
  });
});
