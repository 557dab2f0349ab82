/** As many as a person follows. */
const MOST = 6;

/**
 * A shortest way from the first of a knot back to it. Whatever is in the knot depends on itself, on this way or another.
 *
 * @param nextTo whatever a member leads to, inside the knot or not
 */
export function circleIn<Node>(knot: readonly [Node, ...Node[]], nextTo: (node: Node) => Iterable<Node>): Node[] {
  const [start] = knot;
  const members = new Set(knot);
  const cameFrom = new Map<Node, Node>();
  const reached = [start];
  for (const node of reached) {
    for (const next of nextTo(node)) {
      if (next === start) return wayTo(node, cameFrom);
      if (!members.has(next) || cameFrom.has(next)) continue;
      cameFrom.set(next, node);
      reached.push(next);
    }
  }
  return reached;
}

function wayTo<Node>(end: Node, cameFrom: ReadonlyMap<Node, Node>): Node[] {
  const way = [end];
  for (let node = cameFrom.get(end); node !== undefined; node = cameFrom.get(node)) way.push(node);
  return way.reverse();
}

/** `a → b → a`; of a long circle the beginning, and how many more there are. */
export function circleInWords(names: readonly string[]): string {
  const [first = ''] = names;
  const more = names.length - MOST;
  const between = more > 0 ? [`… and ${more} more`] : [];
  return [...names.slice(0, MOST), ...between, first].join(' → ');
}
