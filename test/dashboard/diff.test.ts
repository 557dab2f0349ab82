import { describe, expect, it } from 'vitest';
import { type Diff, diffOf } from '../../src/dashboard/models/diff.js';

const SIGNS = { same: ' ', added: '+', removed: '-' };

/** A diff as a terminal would show it. */
function told({ parts }: Diff): string[] {
  return parts.flatMap(({ folded, lines, count }) =>
    folded
      ? [`… ${count}`]
      : lines.map(({ kind, pieces }) => `${SIGNS[kind]}${pieces.map(({ text }) => text).join('')}`),
  );
}

const ladder = (length: number) => Array.from({ length }, (_, i) => `user-${i}`);

describe('the difference between two definitions', () => {
  it('is shown line by line, the old above the new, and what stays around it', () => {
    const before = { kind: 'release', serve: { percentage: 10 }, tags: ['a'] };
    const after = { kind: 'release', serve: { percentage: 25 }, tags: ['a', 'b'] };
    const diff = diffOf(before, after);
    expect(told(diff)).toEqual([
      ' kind: release',
      ' serve:',
      '-  percentage: 10',
      '+  percentage: 25',
      ' tags:',
      '   - a',
      '+  - b',
    ]);
    expect([diff.kind, diff.added, diff.removed]).toEqual(['changed', 2, 1]);
  });

  it('marks what of a line is different', () => {
    const [part] = diffOf({ serve: { percentage: 10 } }, { serve: { percentage: 15 } }).parts;
    expect(part?.lines[1]?.pieces).toEqual([
      { text: '  percentage: 1', marked: false },
      { text: '0', marked: true },
    ]);
    expect(part?.lines[2]?.pieces.at(-1)).toEqual({ text: '5', marked: true });
  });

  it('folds what is far from any change', () => {
    const users = ladder(40);
    const diff = diffOf({ users }, { users: users.filter((user) => user !== 'user-20') });
    expect(told(diff)).toEqual([
      '… 18',
      '   - user-17',
      '   - user-18',
      '   - user-19',
      '-  - user-20',
      '   - user-21',
      '   - user-22',
      '   - user-23',
      '… 16',
    ]);
  });

  it.each([
    ['a new one', null, { serve: 'on' }, 'new', ['+serve: on']],
    ['one that goes', { serve: 'on' }, null, 'gone', ['-serve: on']],
    ['a shorthand for another', 10, 20, 'changed', ['-10', '+20']],
    ['off for on', false, true, 'changed', ['-false', '+true']],
    ['nothing', null, null, 'same', []],
    ['a flag that was nothing at all', undefined, true, 'new', ['+true']],
    ['off, which is something', null, false, 'new', ['+false']],
  ])('of %s says just that', (_case, before, after, kind, lines) => {
    const diff = diffOf(before, after);
    expect([diff.kind, told(diff)]).toEqual([kind, lines]);
  });

  it('writes a shorthand out beside a map, so that only what was added stands out', () => {
    expect(told(diffOf(20, { serve: { percentage: 20 }, owner: 'web' }))).toEqual([
      ' serve:',
      '   percentage: 20',
      '+owner: web',
    ]);
    expect(told(diffOf({ users: ['a'] }, ['a', 'b']))).toEqual([' users:', '   - a', '+  - b']);
  });

  it('is none when only the order of keys changed, but is one when the order of variants did', () => {
    expect(diffOf({ owner: 'web', kind: 'ops' }, { kind: 'ops', owner: 'web' }).kind).toBe('same');
    expect(diffOf({ variants: { a: 1, b: 2 } }, { variants: { b: 2, a: 1 } }).kind).toBe('changed');
    expect(diffOf({ variants: ['a', 'b'] }, { variants: ['b', 'a'] }).kind).toBe('changed');
  });

  it('writes the steps of a ramp one to a line', () => {
    const ramp = (days: readonly (readonly number[])[]) => ({ serve: { ramp: { start: '2026-12-01', days } } });
    const steps: readonly (readonly number[])[] = [
      [0, 1],
      [3, 5],
    ];
    expect(told(diffOf(ramp(steps), ramp([...steps, [7, 100]]))).at(-1)).toBe('+      - [ 7, 100 ]');
  });

  it('keeps words of YAML apart from the text that looks like them', () => {
    expect(told(diffOf({ serve: 'on' }, { serve: 'true' }))).toEqual(['-serve: on', '+serve: "true"']);
  });

  it('shows text that would turn or hide what stands beside it by its numbers', () => {
    const lines = told(diffOf(null, { description: 'a\u202Eb\u0007\u200Bc', owner: 'one\u2028two' }));
    expect(lines).toEqual(['+description: "a\\u202eb\\u0007\\u200bc"', '+owner: "one\\u2028two"']);
  });

  it('is found in lists of many thousand users, of which only the beginning is shown', () => {
    const users = ladder(20_000);
    const diff = diffOf({ users }, { users: ['first', ...users.filter((_, i) => i !== 15_000)] });
    expect([diff.added, diff.removed]).toEqual([1, 1]);
    expect(diff.parts.map(({ folded, lines, count }) => [folded, lines.length, count])).toEqual([
      [false, 5, 5],
      [true, 200, 14_994],
      [false, 7, 7],
      [true, 200, 4_996],
    ]);
    const anew = diffOf({ users }, { users: ladder(2_000).map((user) => `new-${user}`) });
    expect([anew.added, anew.removed]).toEqual([2_000, 20_000]);
  });
});
