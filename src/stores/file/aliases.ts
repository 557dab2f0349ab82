import { type Document, isAlias, isCollection, isPair, type Node, visit } from 'yaml';

/** Looking an alias up takes as long as reading the file. */
const MOST = 1_000;
/** How many parts (values, lists, maps) aliases may add to a file. What refers to itself is over this at once. */
const MOST_ADDED = 500_000;

/** @throws Error when aliases make a document larger, or slower to read, than anybody would write */
export function checkAliases(document: Document): void {
  const anchors = new Map<string, Node>();
  const sizes = new Map<unknown, number>();
  let count = 0;
  let added = 0;

  const sizeOf = (node: unknown): number => {
    const known = sizes.get(node);
    if (known !== undefined) return known;
    // One that is met inside of itself has no end.
    sizes.set(node, Number.POSITIVE_INFINITY);
    const size = isAlias(node)
      ? sizeOf(anchors.get(node.source))
      : isPair(node)
        ? sizeOf(node.key) + sizeOf(node.value)
        : isCollection(node)
          ? node.items.reduce<number>((sum, item) => sum + sizeOf(item), 1)
          : 1;
    sizes.set(node, size);
    return size;
  };

  visit(document, {
    Node: (_key, node) => {
      if ('anchor' in node && node.anchor) anchors.set(node.anchor, node);
    },
    Alias: (_key, alias) => {
      count += 1;
      added += sizeOf(anchors.get(alias.source));
      if (count > MOST) throw new Error(`it has more than ${MOST} aliases; write a segment instead`);
      if (added > MOST_ADDED) {
        throw new Error(
          `its aliases add more than ${MOST_ADDED} values; write what *${alias.source} repeats as a segment`,
        );
      }
    },
  });
}
