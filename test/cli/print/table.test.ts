import { describe, expect, it } from 'vitest';
import { table } from '../../../src/cli/print/table.js';
import { fitted, widthOf } from '../../../src/cli/print/width.js';

describe('a table', () => {
  it('is aligned, also by what is two columns wide or none', () => {
    expect(
      table(
        ['name', 'what'],
        [
          ['ab', 'x'],
          ['日本', 'y'],
          ['🎉', 'z'],
          ['e\u0301', 'w'],
        ],
        {},
      ),
    ).toEqual(['NAME  WHAT', 'ab    x', '日本  y', '🎉    z', 'e\u0301     w']);
  });

  it('leaves out columns with nothing in them', () => {
    expect(table(['a', 'b', 'c'], [['1', '', '3']], {})).toEqual(['A  C', '1  3']);
  });

  it('cuts the widest columns first, and says that there is more', () => {
    const rows = [['short', 'a text that is much longer than there is room for']];
    expect(table(['name', 'what'], rows, { width: 30 })).toEqual(['NAME   WHAT', 'short  a text that is much lo…']);
  });

  it('colours what is in a cell, not what is around it', () => {
    const lines = table(
      ['a', 'b'],
      [
        [{ text: 'on', style: 'green' }, 'x'],
        ['killed', 'y'],
      ],
      { colors: true },
    );
    expect(lines[1]).toBe('\u001b[32mon\u001b[0m      x');
  });
});

describe('the width of a text', () => {
  it.each([
    ['plain', 5],
    ['日本語', 6],
    ['👩‍👩‍👧', 2],
    ['e\u0301', 1],
    ['', 0],
  ])('of %s is %d', (text, width) => {
    expect(widthOf(text)).toBe(width);
  });

  it('is never more than what it is fitted to', () => {
    expect(fitted('日本語', 4)).toBe('日…');
    expect(fitted('日本語', 6)).toBe('日本語');
    expect(fitted('plain', 4)).toBe('pla…');
  });
});
