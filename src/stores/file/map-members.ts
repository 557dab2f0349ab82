import { isCollection, isNode, isPair, isScalar, type Node, type Pair, type YAMLMap } from 'yaml';

/** One member of a map, where it stands. */
export interface Member {
  readonly name: string;
  readonly key: Node;
  readonly value: Node | undefined;
  readonly start: number;
  readonly end: number;
}

/** @throws Error a key is no word, or an alias */
export function membersOf(map: YAMLMap): readonly Member[] {
  return map.items.map(({ key, value }: Pair): Member => {
    if (!isScalar(key) || !key.range) throw new Error('a key that is no word');
    const node = isNode(value) ? value : undefined;
    return {
      name: String(key.value),
      key,
      value: node,
      start: key.range[0],
      end: node === undefined ? key.range[1] : endOf(node),
    };
  });
}

/** Where something ends that may be followed by comments. */
function endOf(node: Node): number {
  if (isCollection(node) && node.flow !== true) {
    const last = node.items.at(-1);
    const inside = isPair(last) ? (last.value ?? last.key) : last;
    if (isNode(inside)) return endOf(inside);
  }
  return node.range?.[1] ?? 0;
}
