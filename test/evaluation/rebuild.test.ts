import type { EvaluationContext, FlagInput, SegmentInput } from 'express-gatekeeper';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SnapshotBuild } from '../../src/evaluation/build-snapshot.js';
import { configsByName, type Layer } from '../../src/evaluation/drafting.js';
import { FlagReader } from '../../src/evaluation/flag-reader.js';
import type { Snapshot } from '../../src/evaluation/snapshot.js';
import { Subject } from '../../src/evaluation/subject.js';
import { aFlag } from './a-flag.js';

const pickVariant = ({ isUser }: EvaluationContext): string => (isUser(1) ? 'ON' : 'OFF');
const configs = configsByName([aFlag({ flagName: 'a', pickVariant })]);

type Stored = { flags: Record<string, FlagInput>; segments: Record<string, SegmentInput> };

function layersOf({ flags, segments }: Stored): Layer[] {
  const inCode = {
    flags: { b: { rules: [{ when: { segment: 's' }, serve: 'on' }], serve: 'off' } },
    segments: { s: [1] },
  };
  return [
    { definitions: inCode, origin: { name: 'definitions' }, tolerant: true },
    { definitions: { flags, segments }, origin: { name: 'store' }, tolerant: true },
  ];
}

/** Everything that can be told of a snapshot. */
function toldOf(snapshot: Snapshot): unknown {
  const source = { snapshot, stale: false, clock: () => 0, failed: () => undefined, unknownFlag: () => undefined };
  const variants = [1, 2, undefined].map((userId) => {
    const all = new FlagReader(new Subject(source, userId)).all();
    return Object.entries(all).sort(([one], [other]) => (one < other ? -1 : 1));
  });
  // Where a circle begins, and which of several is told, is a matter of who is looked at first.
  const told = (message: string) => message.replace(/(depends on itself).*/, '$1');
  const messages = snapshot.problems.map(({ kind, name, message }) => `${kind} ${name}: ${told(message)}`).sort();
  return { variants, messages, segments: [...snapshot.segments.keys()].sort(), revision: snapshot.revision };
}

const flag = fc.constantFrom<FlagInput | null>(
  null,
  true,
  false,
  [2],
  'broken' as never,
  { killed: true },
  { rules: [{ when: { segment: 's' }, serve: 'on' }], serve: 'off' },
  { rules: [{ when: { segment: ['t', 's'] } }], serve: 'off' },
  { rules: [{ when: { flag: { c: 'on' } } }], serve: 'off' },
  { prerequisites: { c: 'on' } },
  { prerequisites: { d: 'x' } },
  { variants: ['x', 'y'], serve: 'x' },
  { serve: 'ON' },
);
const segment = fc.constantFrom<SegmentInput | null>(
  null,
  [1],
  [2],
  { when: { segment: 't' } },
  { when: { segment: 's' } },
  { when: { flag: { c: 'on' } } },
  { wehn: {} },
);
const change = fc.record({
  flags: fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd', 'e'), flag, { maxKeys: 2 }),
  segments: fc.dictionary(fc.constantFrom('s', 't'), segment, { maxKeys: 1 }),
});

function withRecords<Value>(
  records: Record<string, Value>,
  change: Record<string, Value | null>,
): Record<string, Value> {
  const all = Object.entries({ ...records, ...change });
  return Object.fromEntries(all.filter((entry): entry is [string, Value] => entry[1] !== null));
}

describe('a snapshot that goes on from the one before', () => {
  it('says the same as one that is made from the beginning, after any changes', () => {
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 8 }), (changes) => {
        let stored: Stored = { flags: {}, segments: {} };
        let build = new SnapshotBuild(configs, layersOf(stored), 0);
        for (const [index, { flags, segments }] of changes.entries()) {
          stored = { flags: withRecords(stored.flags, flags), segments: withRecords(stored.segments, segments) };
          const names = { flags: new Set(Object.keys(flags)), segments: new Set(Object.keys(segments)) };
          build = build.after(layersOf(stored), index + 1, names);
          const anew = new SnapshotBuild(configs, layersOf(stored), index + 1);
          expect(toldOf(build.snapshot)).toEqual(toldOf(anew.snapshot));
        }
      }),
      { numRuns: 100 },
    );
  });

  it('takes over what did not change as it is, and compiles what refers to what did', () => {
    const flags = {
      c: true,
      d: { prerequisites: { c: 'on' } },
      e: { rules: [{ when: { segment: 's' } }], serve: 'off' },
      f: 20,
    };
    const before = new SnapshotBuild(configs, layersOf({ flags, segments: {} }), 1);
    const after = before.after(layersOf({ flags: { ...flags, c: false }, segments: {} }), 2, {
      flags: new Set(['c']),
      segments: new Set(),
    });
    expect([...after.compiled].sort()).toEqual(['c', 'd']);
    const same = [...after.snapshot.flags].filter(([name, each]) => before.snapshot.flags.get(name) === each);
    expect(same.map(([name]) => name)).toEqual(['a', 'b', 'e', 'f']);
    const segments = { s: [2] };
    const joined = after.after(layersOf({ flags, segments }), 3, { flags: new Set(), segments: new Set(['s']) });
    expect([...joined.compiled].sort()).toEqual(['b', 'e']);
  });
});
