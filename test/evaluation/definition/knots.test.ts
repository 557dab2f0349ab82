import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { circleIn } from '../../../src/evaluation/definition/circle.js';
import { knotsFrom } from '../../../src/evaluation/definition/knots.js';

type Graph = readonly (readonly number[])[];

const SIZE = 8;
const graphs: fc.Arbitrary<Graph> = fc.array(fc.array(fc.nat(SIZE - 1), { maxLength: 3 }), {
  minLength: SIZE,
  maxLength: SIZE,
});

/** All that a node leads to, by the plainest of searches. */
function reach(graph: Graph, start: number): ReadonlySet<number> {
  const reached = new Set<number>();
  const follow = (node: number): void => {
    if (reached.has(node)) return;
    reached.add(node);
    graph[node]?.forEach(follow);
  };
  graph[start]?.forEach(follow);
  return reached;
}

const from = (graph: Graph) => knotsFrom(0, (node) => graph[node] ?? []);

describe('the knots of whatever leads to whatever', () => {
  it('hold together exactly those that lead to each other', () => {
    fc.assert(
      fc.property(graphs, (graph) => {
        const knots = from(graph);
        expect(new Set(knots.flat())).toEqual(new Set([0, ...reach(graph, 0)]));
        expect(knots.flat()).toHaveLength(new Set(knots.flat()).size);
        const knotOf = (node: number) => knots.find((knot) => knot.includes(node));
        for (const one of knots.flat()) {
          for (const other of knots.flat()) {
            const together = one === other || (reach(graph, one).has(other) && reach(graph, other).has(one));
            expect(knotOf(one) === knotOf(other)).toBe(together);
          }
        }
      }),
    );
  });

  it('come after all that they lead to', () => {
    fc.assert(
      fc.property(graphs, (graph) => {
        const knots = from(graph);
        knots.forEach((knot, index) => {
          const before = new Set(knots.slice(0, index + 1).flat());
          for (const node of knot) for (const next of graph[node] ?? []) expect(before).toContain(next);
        });
      }),
    );
  });

  it('have a circle each, which goes from step to step back to where it begins', () => {
    fc.assert(
      fc.property(graphs, (graph) => {
        for (const [first, ...others] of from(graph)) {
          if (first === undefined || (others.length === 0 && !graph[first]?.includes(first))) continue;
          const circle = circleIn([first, ...others], (node) => graph[node] ?? []);
          expect(circle[0]).toBe(first);
          expect(new Set(circle).size).toBe(circle.length);
          circle.forEach((node, index) => {
            expect(graph[node]).toContain(circle[(index + 1) % circle.length]);
          });
        }
      }),
    );
  });
});
