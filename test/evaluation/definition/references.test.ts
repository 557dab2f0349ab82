import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { complaintAbout } from '../a-reader.js';
import { aSnapshot, readerAt } from '../a-snapshot.js';

const needs = (flag: string) => ({ prerequisites: { [flag]: 'on' } });
const looksAt = (when: object) => ({ rules: [{ when, serve: 'on' }], serve: 'off' });

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
