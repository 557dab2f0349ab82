import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { References } from '../../../src/evaluation/definition/references.js';
import type { FlagDefinition, RuleDefinition } from '../../../src/evaluation/definition/schema.js';
import { complaintAbout } from '../a-reader.js';
import { aSnapshot, readerAt } from '../a-snapshot.js';

const needs = (flag: string) => ({ prerequisites: { [flag]: 'on' } });
const looksAt = (when: RuleDefinition['when']) => ({ rules: [{ when, serve: 'on' }], serve: 'off' });

/** Flags of which each needs another. */
function referring(links: readonly (readonly [string, string])[]): References {
  const all = new References();
  for (const [name, next] of links) all.addFlag(name, needs(next));
  return all;
}

describe('what depends on itself', () => {
  it.each([
    ['a flag on itself', { a: needs('a') }, {}, 'Flag "a" depends on itself: flag a → flag a; remove one of these.'],
    [
      'two flags on each other',
      { a: needs('b'), b: needs('a') },
      {},
      'Flag "a" depends on itself: flag a → flag b → flag a; remove one of these.',
    ],
    [
      'a flag by a rule',
      { a: looksAt({ any: [{ not: { flag: { b: 'off' } } }] }), b: needs('a') },
      {},
      'flag a → flag b → flag a',
    ],
    [
      'a flag by a segment',
      { a: looksAt({ segment: 's' }) },
      { s: { when: { flag: { a: 'on' } } } },
      'segment s → flag a',
    ],
    [
      'a segment on itself',
      {},
      { s: { when: { segment: 's' } } },
      'Segment "s" depends on itself: segment s → segment s',
    ],
    [
      'two segments on each other',
      {},
      { s: { when: { not: { segment: ['t'] } } }, t: { when: { all: [{ segment: 's' }] } } },
      'segment s → segment t → segment s',
    ],
  ])('is refused, with the whole circle: %s', (_what, definitions, segments, message) => {
    expect(complaintAbout({ definitions, segments })).toContain(message);
  });

  it('is set aside in a file, every part of the circle with its reason; the others are as they are', () => {
    const flags = { a: needs('b'), b: needs('c'), c: needs('a'), outside: needs('a'), good: true };
    const snapshot = aSnapshot({ flags, tolerant: true });
    expect(snapshot.problems.map(({ name }) => name)).toEqual(['a', 'b', 'c']);
    const reader = readerAt(0, snapshot, 1);
    expect({ ...reader.all() }).toEqual({ a: 'off', b: 'off', c: 'off', outside: 'off', good: 'on' });
    expect(reader.details('outside').reason).toBe('PREREQUISITE_FAILED');
    expect(reader.explain('a').text).toContain('depends on itself: flag a → flag b → flag c → flag a');
  });

  it('is named with every other that is tied up with it, though a way back may not lead by way of it', () => {
    const flags = { a: { prerequisites: { b: 'on', c: 'on' } }, b: needs('a'), c: needs('d'), d: needs('a') };
    const messages = aSnapshot({ flags, tolerant: true }).problems.map(({ message }) => message.slice(12));
    expect(messages).toEqual([
      'Flag "a" depends on itself: flag a → flag b → flag a; remove one of these.',
      'Flag "b" depends on itself: flag a → flag b → flag a; remove one of these.',
      'Flag "c" depends on itself, tied up with flag a → flag b → flag a; remove one of these.',
      'Flag "d" depends on itself, tied up with flag a → flag b → flag a; remove one of these.',
    ]);
  });

  it('is told shortly when the circle is long', () => {
    const flags = Object.fromEntries(
      Array.from({ length: 9 }, (_, index) => [`f${index}`, needs(`f${(index + 1) % 9}`)]),
    );
    expect(complaintAbout({ definitions: flags })).toContain(
      'depends on itself: flag f0 → flag f1 → flag f2 → flag f3 → flag f4 → flag f5 → … and 3 more → flag f0; remove',
    );
  });

  it('costs no more than its length, however long the circle', () => {
    const length = 10_000;
    const ring = referring(Array.from({ length }, (_, index) => [`f${index}`, `f${(index + 1) % length}`] as const));
    ring.addFlag('outside', needs('f0'));
    const problems = Array.from({ length }, (_, index) => ring.problemOf('flag', `f${index}`));
    expect(new Set(problems).size).toBe(1);
    expect(problems[7]).toContain('flag f5 → … and 9994 more → flag f0; remove one of these');
    expect(ring.problemOf('flag', 'outside')).toBeUndefined();
  });

  it('is no circle when two ways lead to one flag', () => {
    const flags = {
      top: { prerequisites: { left: 'on', right: 'on' } },
      left: needs('base'),
      right: needs('base'),
      base: true,
    };
    expect(readerAt(0, aSnapshot({ flags })).isEnabled('top')).toBe(true);
  });

  it('never goes round in circles when it is asked, whatever refers to whatever', () => {
    const names = ['a', 'b', 'c', 'd', 'e', 'f'];
    const references = fc.dictionary(fc.constantFrom(...names), fc.constantFrom('on', 'off'), {
      maxKeys: 3,
      noNullPrototype: true,
    });
    const graph = fc.tuple(...names.map(() => fc.tuple(references, references)));
    fc.assert(
      fc.property(graph, (edges) => {
        const flags = Object.fromEntries(
          names.map((name, index) => {
            const [prerequisites = {}, flag = {}] = edges[index] ?? [];
            return [name, { prerequisites, rules: [{ when: { flag }, serve: 'on' }] }];
          }),
        );
        const snapshot = aSnapshot({ flags, tolerant: true });
        expect(Object.keys(readerAt(0, snapshot, 1).all())).toEqual(names);
      }),
      { numRuns: 300 },
    );
  });
});

describe('a chain of prerequisites', () => {
  const chain = (length: number) =>
    Object.fromEntries(
      Array.from({ length: length + 1 }, (_, index) => [`f${index}`, index === 0 ? true : needs(`f${index - 1}`)]),
    );

  it('may have twelve links, and no more', () => {
    expect(readerAt(0, aSnapshot({ flags: chain(12) })).isEnabled('f12')).toBe(true);
    expect(complaintAbout({ definitions: chain(13) })).toContain(
      'Flag "f13" depends on a chain of more than 12 others; shorten it.',
    );
  });

  it('that is too long takes down only what is too far up', () => {
    const snapshot = aSnapshot({ flags: chain(14), tolerant: true });
    expect(snapshot.problems.map(({ name }) => name)).toEqual(['f13', 'f14']);
    expect(readerAt(0, snapshot).isEnabled('f12')).toBe(true);
  });

  it('costs no more than its length, in whichever order it is looked at', () => {
    const links = Array.from({ length: 10_000 }, (_, index) => [`f${index}`, `f${index + 1}`] as const);
    for (const order of [links, links.toReversed()]) {
      const chained = referring(links);
      const wrong = order.filter(([name]) => chained.problemOf('flag', name) !== undefined);
      expect(wrong).toHaveLength(9_988);
    }
  });

  it('of segments may be too long as well', () => {
    const segments = Object.fromEntries(
      Array.from({ length: 1_000 }, (_, index) => [`s${index}`, { when: { segment: `s${index + 1}` } }]),
    );
    expect(aSnapshot({ segments: { ...segments, s1000: [1] }, tolerant: true }).problems).toHaveLength(988);
  });

  it('counts links through segments too', () => {
    const segments = Object.fromEntries(
      Array.from({ length: 14 }, (_, index) => [
        `s${index}`,
        { when: index === 0 ? {} : { segment: `s${index - 1}` } },
      ]),
    );
    expect(complaintAbout({ segments })).toContain('Segment "s13" depends on a chain of more than 12 others');
  });
});

describe('names that are referred to', () => {
  const flags = { dark_mode: true, checkout: { variants: ['control', 'one_click', 'wallet'] } };
  const segments = { beta: [1] };

  it.each([
    [needs('dark_mod'), 'prerequisites: there is no flag "dark_mod"; did you mean \'dark_mode\'?'],
    [needs('xyz'), 'prerequisites: there is no flag "xyz"; define it or remove this.'],
    [
      { prerequisites: { checkout: 'wallett' } },
      'prerequisites.checkout: "wallett" is no variant of that flag; did you mean',
    ],
    [
      { prerequisites: { checkout: ['wallet', 'blue'] } },
      'prerequisites.checkout: "blue" is no variant of that flag; it has control, one_click, wallet.',
    ],
    [{ prerequisites: { checkout: true } }, 'prerequisites.checkout: "on" is no variant of that flag'],
    [
      looksAt({ flag: { checkot: 'wallet' } }),
      'rules[0].when.flag: there is no flag "checkot"; did you mean \'checkout\'?',
    ],
    [looksAt({ segment: 'betta' }), 'rules[0].when.segment: there is no segment "betta"; did you mean \'beta\'?'],
    [
      looksAt({ segment: ['beta', 'xyz'] }),
      'rules[0].when.segment: there is no segment "xyz"; define it under segments.',
    ],
    [looksAt({ all: [{ any: [{ segment: 'xyz' }] }] }), 'rules[0].when.all[0].any[0].segment: there is no segment'],
    [looksAt({ segment: 'constructor' }), 'rules[0].when.segment: there is no segment "constructor"'],
    [needs('constructor'), 'prerequisites: there is no flag "constructor"'],
  ])('have to exist: %j', (definition, message) => {
    const complaint = complaintAbout({ definitions: { ...flags, FLAG: definition }, segments });
    expect(complaint).toContain(`definitions: Flag "FLAG", ${message}`);
  });

  it('may be those of classes, and of flags that come later', () => {
    const later = { FLAG: { prerequisites: { later: 'on' } }, later: true };
    expect(readerAt(0, aSnapshot({ flags: later })).isEnabled('FLAG')).toBe(true);
  });
});

describe('what has to be made ready anew when others change', () => {
  const FLAGS: Readonly<Record<string, FlagDefinition>> = {
    base: {},
    alone: {},
    needing: needs('base'),
    above: needs('needing'),
    ruled: looksAt({ any: [{ not: { flag: { base: 'off' } } }] }),
    targeted: looksAt({ all: [{ segment: ['other', 'inner'] }] }),
    nested: looksAt({ segment: 'outer' }),
  };
  const SEGMENTS = { inner: { when: { flag: { base: 'on' } } }, outer: { when: { segment: 'inner' } }, other: {} };

  function references(): References {
    const all = new References();
    for (const [name, definition] of Object.entries(FLAGS)) all.addFlag(name, definition);
    for (const [name, definition] of Object.entries(SEGMENTS)) all.addSegment(name, definition);
    return all;
  }

  const dependents = (all: References, flags: string[], segments: string[] = []) => {
    const found = all.dependents({ flags, segments });
    return [[...found.flags].sort(), [...found.segments].sort()];
  };

  it.each([
    ['nothing', [], [], [], []],
    ['a flag that nobody refers to', ['alone'], [], ['alone'], []],
    ['a flag', ['base'], [], ['above', 'base', 'needing', 'nested', 'ruled', 'targeted'], ['inner', 'outer']],
    ['a flag further up', ['needing'], [], ['above', 'needing'], []],
    ['a segment', [], ['other'], ['targeted'], ['other']],
    ['a segment of a segment', [], ['inner'], ['nested', 'targeted'], ['inner', 'outer']],
    ['flags and segments', ['alone', 'above'], ['outer'], ['above', 'alone', 'nested'], ['outer']],
    ['what is not there', ['gone'], ['lost'], ['gone'], ['lost']],
  ])('is, by %s, that and whatever refers to it', (_what, flags, segments, ...expected) => {
    expect(dependents(references(), flags, segments)).toEqual(expected);
  });

  it('follows what is added later, and what is added anew', () => {
    const all = references();
    expect(dependents(all, ['alone'])).toEqual([['alone'], []]);
    all.addFlag('above', needs('alone'));
    expect(dependents(all, ['alone'])).toEqual([['above', 'alone'], []]);
    expect(dependents(all, ['needing'])).toEqual([['needing'], []]);
    all.addFlag('above', {});
    expect(dependents(all, ['alone'])).toEqual([['alone'], []]);
  });

  it('is every part of a circle, each once', () => {
    expect(
      dependents(
        referring([
          ['a', 'b'],
          ['b', 'c'],
          ['c', 'a'],
        ]),
        ['b'],
      ),
    ).toEqual([['a', 'b', 'c'], []]);
  });

  it('has no problem any more once a circle is opened', () => {
    const all = referring([
      ['a', 'b'],
      ['b', 'a'],
    ]);
    expect(all.problemOf('flag', 'a')).toContain('depends on itself');
    all.addFlag('b', {});
    expect(all.problemOf('flag', 'a')).toBeUndefined();
  });
});
