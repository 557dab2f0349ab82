/** What became of one line. */
export interface LineChange {
  readonly kind: 'same' | 'added' | 'removed';
  readonly text: string;
}

/** With more lines different than this it says little which ones stayed; and the time it takes grows with its square. */
const MOST_DIFFERENCES = 600;

/** The fewest lines to take away and to add, those that go first. */
export function lineChanges(before: readonly string[], after: readonly string[]): LineChange[] {
  let start = 0;
  while (start < before.length && start < after.length && before[start] === after[start]) start += 1;
  let end = 0;
  while (
    end < before.length - start &&
    end < after.length - start &&
    before[before.length - 1 - end] === after[after.length - 1 - end]
  ) {
    end += 1;
  }
  return [
    ...lines('same', before.slice(0, start)),
    ...shortestEdit(before.slice(start, before.length - end), after.slice(start, after.length - end)),
    ...lines('same', before.slice(before.length - end)),
  ];
}

function lines(kind: LineChange['kind'], texts: readonly string[]): LineChange[] {
  return texts.map((text) => ({ kind, text }));
}

/**
 * The greedy algorithm: how far one comes on each diagonal with no, one, two … differences.
 *
 * Source: E. W. Myers, "An O(ND) Difference Algorithm and Its Variations", 1986, section 4.
 */
function shortestEdit(before: readonly string[], after: readonly string[]): LineChange[] {
  const furthest: Reach = new Map([[1, 0]]);
  const trail: Reach[] = [];
  const most = Math.min(before.length + after.length, MOST_DIFFERENCES);
  for (let differences = 0; differences <= most; differences += 1) {
    trail.push(new Map(furthest));
    for (let diagonal = -differences; diagonal <= differences; diagonal += 2) {
      const { from, down } = stepTo(diagonal, differences, furthest);
      let x = at(furthest, from) + (down ? 0 : 1);
      while (x < before.length && x - diagonal < after.length && before[x] === after[x - diagonal]) x += 1;
      furthest.set(diagonal, x);
      if (x >= before.length && x - diagonal >= after.length) return removedFirst(wayBack(trail, before, after));
    }
  }
  return [...lines('removed', before), ...lines('added', after)];
}

/** Diagonal → how many lines of `before` one has come past on it. */
type Reach = Map<number, number>;

function at(furthest: Reach, diagonal: number): number {
  return furthest.get(diagonal) ?? -1;
}

/** Down from the diagonal above, by adding a line, or right from the one below, by taking one away: from where one is further. */
function stepTo(diagonal: number, differences: number, furthest: Reach): { from: number; down: boolean } {
  const down =
    diagonal === -differences || (diagonal !== differences && at(furthest, diagonal - 1) < at(furthest, diagonal + 1));
  return { from: diagonal + (down ? 1 : -1), down };
}

/** What was done on the way, told from its end. */
function wayBack(trail: readonly Reach[], before: readonly string[], after: readonly string[]): LineChange[] {
  const changes: LineChange[] = [];
  let [x, y] = [before.length, after.length];
  const same = (until: number): void => {
    for (; x > until; x -= 1, y -= 1) changes.push({ kind: 'same', text: before[x - 1] ?? '' });
  };
  for (let differences = trail.length - 1; differences > 0; differences -= 1) {
    const furthest = trail[differences] ?? new Map();
    const { from, down } = stepTo(x - y, differences, furthest);
    same(at(furthest, from) + (down ? 0 : 1));
    changes.push(down ? { kind: 'added', text: after[y - 1] ?? '' } : { kind: 'removed', text: before[x - 1] ?? '' });
    [x, y] = down ? [x, y - 1] : [x - 1, y];
  }
  same(0);
  return changes.reverse();
}

/** Where lines are replaced, the old ones stand above the new ones. */
function removedFirst(changes: readonly LineChange[]): LineChange[] {
  const ordered: LineChange[] = [];
  const added: LineChange[] = [];
  for (const change of changes) {
    if (change.kind === 'added') added.push(change);
    else {
      if (change.kind === 'same') ordered.push(...added.splice(0));
      ordered.push(change);
    }
  }
  return [...ordered, ...added];
}
