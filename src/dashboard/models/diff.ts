import { alike, definitionLines } from './definition-lines.js';
import { type LineChange, lineChanges } from './line-diff.js';

/** How many lines of what stays the same are shown around a change. */
const AROUND = 3;
/** Fewer than this are not worth folding. */
const FEWEST_FOLDED = 3;
/** Longer stretches are not on the page at all: a list may have 100,000 users. */
const MOST_LINES = 200;

/** A piece of a line; what is marked is what differs from the line that it replaces, or that replaces it. */
interface Piece {
  readonly text: string;
  readonly marked: boolean;
}

interface DiffLine {
  readonly kind: LineChange['kind'];
  readonly pieces: readonly Piece[];
}

/** A stretch of lines. */
interface Part {
  /** Nothing in it changed, and it is far from what did. */
  readonly folded: boolean;
  readonly lines: readonly DiffLine[];
  /** How many there are, of which {@link lines} may be only the first. */
  readonly count: number;
}

/** Two definitions, line by line. */
export interface Diff {
  readonly kind: 'same' | 'new' | 'gone' | 'changed';
  readonly parts: readonly Part[];
  /** How many lines came. */
  readonly added: number;
  /** How many lines went. */
  readonly removed: number;
}

/** What is different between two definitions of a flag or a segment, as lines of YAML. `null` is one that is not there. */
export function diffOf(before: unknown, after: unknown): Diff {
  const [one, other] = alike(before ?? null, after ?? null);
  const changes = lineChanges(definitionLines(one), definitionLines(other));
  const added = changes.filter(({ kind }) => kind === 'added').length;
  const removed = changes.filter(({ kind }) => kind === 'removed').length;
  return { kind: kindOf(one, other, added + removed), parts: partsOf(changes), added, removed };
}

function kindOf(before: unknown, after: unknown, differences: number): Diff['kind'] {
  if (differences === 0) return 'same';
  if (before === null) return 'new';
  return after === null ? 'gone' : 'changed';
}

function partsOf(changes: readonly LineChange[]): Part[] {
  const parts: { folded: boolean; lines: DiffLine[]; count: number }[] = [];
  const near = nearChanges(changes);
  for (const [index, line] of markedLines(changes).entries()) {
    const folded = near[index] !== true;
    let part = parts.at(-1);
    if (part === undefined || part.folded !== folded) {
      part = { folded, lines: [], count: 0 };
      parts.push(part);
    }
    part.count += 1;
    if (part.count <= MOST_LINES) part.lines.push(line);
  }
  return parts;
}

/** For each line whether it is shown without unfolding anything. */
function nearChanges(changes: readonly LineChange[]): boolean[] {
  const near = changes.map(() => false);
  for (const [index, { kind }] of changes.entries()) {
    if (kind !== 'same') near.fill(true, Math.max(0, index - AROUND), index + AROUND + 1);
  }
  for (let start = near.indexOf(false); start >= 0; ) {
    const next = near.indexOf(true, start);
    const end = next < 0 ? near.length : next;
    if (end - start < FEWEST_FOLDED) near.fill(true, start, end);
    start = near.indexOf(false, end);
  }
  return near;
}

/** Where as many lines went as came, each stands for one of the others. */
function markedLines(changes: readonly LineChange[]): DiffLine[] {
  const lines = changes.map(({ kind, text }): DiffLine => ({ kind, pieces: [{ text, marked: false }] }));
  for (let start = 0; start < changes.length; ) {
    const removed = runOf('removed', changes, start);
    const added = runOf('added', changes, start + removed);
    for (let index = start; removed === added && index < start + removed; index += 1) {
      const [before, after] = piecesOf(changes[index]?.text ?? '', changes[index + removed]?.text ?? '');
      lines[index] = { kind: 'removed', pieces: before };
      lines[index + removed] = { kind: 'added', pieces: after };
    }
    start += Math.max(1, removed + added);
  }
  return lines;
}

function runOf(kind: LineChange['kind'], changes: readonly LineChange[], start: number): number {
  let end = start;
  while (changes[end]?.kind === kind) end += 1;
  return end - start;
}

/** What two lines have in common at their ends stays unmarked; with nothing in common but the indent, everything does. */
function piecesOf(before: string, after: string): [Piece[], Piece[]] {
  const [one, other] = [[...before], [...after]];
  const shorter = Math.min(one.length, other.length);
  let start = 0;
  while (start < shorter && one[start] === other[start]) start += 1;
  let end = 0;
  while (end < shorter - start && one.at(-1 - end) === other.at(-1 - end)) end += 1;
  const alone = one.slice(0, start).join('').trim() === '' && end === 0;
  const pieces = (line: readonly string[]): Piece[] =>
    [
      { text: line.slice(0, start).join(''), marked: false },
      { text: line.slice(start, line.length - end).join(''), marked: !alone },
      { text: line.slice(line.length - end).join(''), marked: false },
    ].filter(({ text }) => text !== '');
  return [pieces(one), pieces(other)];
}
