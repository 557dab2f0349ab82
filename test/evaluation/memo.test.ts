import { describe, expect, it } from 'vitest';
import { FlagReader } from '../../src/evaluation/flag-reader.js';
import type { Snapshot } from '../../src/evaluation/snapshot.js';
import { Subject } from '../../src/evaluation/subject.js';
import { aFlag } from './a-flag.js';
import { aReader } from './a-reader.js';
import { aSnapshot, aSource } from './a-snapshot.js';

/** A flag that gives a new variant each time its code is asked. */
function restless() {
  const variants = Array.from({ length: 100 }, (_, index) => `v${index}`);
  let asked = 0;
  return aFlag({ flagName: 'RESTLESS', variants, pickVariant: () => variants[asked++ % 100] });
}

function snapshotOf(flags: Record<string, boolean>): Snapshot {
  return aSnapshot({ configs: [restless()], flags, revision: 1 });
}

/** A visitor who can log in. */
class Visitor extends Subject {
  id: number | undefined;

  override get userId(): number | undefined {
    return this.id;
  }

  override get userKey(): string | undefined {
    return this.id === undefined ? undefined : String(this.id);
  }
}

describe('one reader', () => {
  it('gives one answer to everyone who asks, though the flag’s code never gives the same twice', () => {
    const reader = aReader({ flags: [restless()], userId: 1 });
    const first = reader.ffVariant('RESTLESS');
    const answers = [
      reader.getFeatureFlagVariant('RESTLESS'),
      reader.value('RESTLESS', ''),
      reader.details('RESTLESS').variant,
      reader.all()['RESTLESS'],
      reader.match('RESTLESS', { v0: () => 'v0' }),
      reader.explain('RESTLESS').variant,
    ];
    expect(answers).toEqual(answers.map(() => first));
    expect(reader.ff('RESTLESS', 'v0')).toBe(true);
  });

  it('gives each other user one answer too, however the id is written', () => {
    const reader = aReader({ flags: [restless()], userId: 1 });
    const mine = reader.ffVariant('RESTLESS');
    const theirs = reader.ffVariant('RESTLESS', 2);
    expect(theirs).not.toBe(mine);
    expect([reader.ffVariant('RESTLESS', '2'), reader.forUser(2).ffVariant('RESTLESS')]).toEqual([theirs, theirs]);
    expect(reader.ffVariant('RESTLESS')).toBe(mine);
  });

  it('decides anew when a visitor becomes a user, and again when the user is another', () => {
    const visitor = new Visitor(aSource(snapshotOf({})));
    const reader = new FlagReader(visitor);
    const answers = [undefined, undefined, 1, 1, 2].map((id) => {
      visitor.id = id;
      return reader.ffVariant('RESTLESS');
    });
    expect(answers).toEqual(['v0', 'v0', 'v1', 'v1', 'v2']);
  });

  it('sees one snapshot, whatever changes meanwhile; the next reader sees the change', () => {
    const source = aSource(snapshotOf({ dark_mode: false }));
    const reader = new FlagReader(new Subject(source, 1));
    expect(reader.isEnabled('dark_mode')).toBe(false);
    source.snapshot = snapshotOf({ dark_mode: true, new_search: true });
    expect(reader.all()).toEqual({ RESTLESS: 'v0', dark_mode: 'off' });
    expect([reader.isEnabled('new_search'), reader.forUser(2).isEnabled('dark_mode')]).toEqual([false, false]);
    expect(new FlagReader(new Subject(source, 1)).isEnabled('dark_mode')).toBe(true);
  });

  it('says how things stand with its snapshot', () => {
    const source = { ...aSource({ ...snapshotOf({ dark_mode: true }), revision: 42 }), stale: true };
    const reader = new FlagReader(new Subject(source));
    expect(reader.details('dark_mode')).toMatchObject({ revision: 42, stale: true });
    expect(reader.details('NEW_SAERCH')).toMatchObject({ revision: 42, stale: true });
  });
});

it('two readers do not share answers', () => {
  const flags = [restless()];
  expect([1, 1].map((userId) => aReader({ flags, userId }).ffVariant('RESTLESS'))).toEqual(['v0', 'v1']);
});
