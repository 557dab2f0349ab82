import type { ConditionDefinition } from './condition-schema.js';
import { LIMITS } from './limits.js';
import type { FlagDefinition, SegmentDefinition } from './schema.js';

/** What is referred to: `flag:dark_mode`, `segment:beta`. */
type Reference = `flag:${string}` | `segment:${string}`;

/** Finds definitions that depend on themselves, or on so long a chain of others that it must be a mistake. */
export class References {
  readonly #of = new Map<Reference, readonly Reference[]>();
  readonly #cycles = new Map<Reference, string>();
  readonly #trees = new Map<Reference, Tree>();

  addFlag(name: string, { prerequisites = {}, rules = [] }: FlagDefinition): void {
    const references = Object.keys(prerequisites).map((flag): Reference => `flag:${flag}`);
    for (const { when } of rules) collect(when, references);
    if (references.length > 0) this.#of.set(`flag:${name}`, references);
  }

  addSegment(name: string, { when = {} }: SegmentDefinition): void {
    const references: Reference[] = [];
    collect(when, references);
    if (references.length > 0) this.#of.set(`segment:${name}`, references);
  }

  /** Why this one cannot be used, if so: the cycle it is part of, or that too much hangs on it. */
  problemOf(kind: 'flag' | 'segment', name: string): string | undefined {
    const reference: Reference = `${kind}:${name}`;
    if (!this.#of.has(reference)) return undefined;
    const { depth, size } = this.#visit(reference, []);
    const cycle = this.#cycles.get(reference);
    if (cycle !== undefined) return cycle;
    if (depth > LIMITS.depth) return `depends on a chain of more than ${LIMITS.depth} others; shorten it`;
    if (size > LIMITS.references) return `asks more than ${LIMITS.references} times for others; let it ask for fewer`;
    return undefined;
  }

  #visit(reference: Reference, path: readonly Reference[]): Tree {
    const known = this.#trees.get(reference);
    if (known !== undefined) return known;
    const start = path.indexOf(reference);
    if (start !== -1) {
      const cycle = [...path.slice(start), reference].map((each) => each.replace(':', ' '));
      for (const part of path.slice(start)) {
        this.#cycles.set(part, `depends on itself: ${cycle.join(' → ')}; remove one of these`);
      }
      return LEAF;
    }
    let tree = LEAF;
    for (const next of this.#of.get(reference) ?? []) {
      const below = this.#visit(next, [...path, reference]);
      tree = { depth: Math.max(tree.depth, below.depth + 1), size: tree.size + below.size };
    }
    this.#trees.set(reference, tree);
    return tree;
  }
}

/** What hangs on one reference. */
interface Tree {
  /** The steps of the longest chain. */
  readonly depth: number;
  /** How many are asked in all, those that are asked twice counted twice: as many as an evaluation may have to ask. */
  readonly size: number;
}

const LEAF: Tree = { depth: 0, size: 1 };

function collect(condition: ConditionDefinition, into: Reference[]): void {
  const { all = [], any = [], not, segment, flag = {} } = condition;
  for (const part of [...all, ...any, ...(not === undefined ? [] : [not])]) collect(part, into);
  for (const name of segment === undefined ? [] : [segment].flat()) into.push(`segment:${name}`);
  for (const name of Object.keys(flag)) into.push(`flag:${name}`);
}
