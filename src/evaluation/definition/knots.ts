/** A node on the way, until all below it is known. */
interface Visit<Node> {
  readonly node: Node;
  readonly next: Iterator<Node>;
  readonly index: number;
  /** The earliest of the nodes not yet in a knot that this one leads back to. */
  earliest: number;
  open: boolean;
}

/**
 * Groups the nodes that are reached from one: those that lead to each other are a knot, everything else is one by itself. A
 * knot comes after all that it leads to, and begins with the node by which it was entered.
 *
 * Linear, and without recursion: chains may be as long as there are nodes.
 *
 * Source: R. Tarjan, Depth-first search and linear graph algorithms, 1972.
 */
export function knotsFrom<Node>(start: Node, nextTo: (node: Node) => Iterable<Node>): Node[][] {
  const visits = new Map<Node, Visit<Node>>();
  const path: Visit<Node>[] = [];
  const open: Visit<Node>[] = [];
  const knots: Node[][] = [];
  const enter = (node: Node): void => {
    const index = visits.size;
    const visit = { node, next: nextTo(node)[Symbol.iterator](), index, earliest: index, open: true };
    visits.set(node, visit);
    path.push(visit);
    open.push(visit);
  };
  const leave = (visit: Visit<Node>): void => {
    path.pop();
    const outer = path.at(-1);
    if (outer !== undefined) outer.earliest = Math.min(outer.earliest, visit.earliest);
    if (visit.earliest < visit.index) return;
    const knot = open.splice(open.lastIndexOf(visit));
    for (const member of knot) member.open = false;
    knots.push(knot.map(({ node }) => node));
  };

  enter(start);
  for (let visit = path.at(-1); visit !== undefined; visit = path.at(-1)) {
    const { value: node, done } = visit.next.next();
    const known = done ? undefined : visits.get(node);
    if (done) leave(visit);
    else if (known === undefined) enter(node);
    else if (known.open) visit.earliest = Math.min(visit.earliest, known.index);
  }
  return knots;
}
