import type { ConditionDefinition } from './condition-schema.js';
import { LIMITS } from './limits.js';
import type { FlagDefinition, SegmentDefinition } from './schema.js';

/** What is referred to: `flag:dark_mode`, `segment:beta`. */
type Reference = `flag:${string}` | `segment:${string}`;

/** Finds definitions that depend on themselves, or on so long a chain of others that it must be a mistake. */
export class References {
  readonly #of = new Map<Reference, readonly Reference[]>();
  readonly #problems = new Map<Reference, string>();
  readonly #depths = new Map<Reference, number>();

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

  /** Why this one cannot be used, if so: the cycle it is part of, or a chain that is too long. */
  problemOf(kind: 'flag' | 'segment', name: string): string | undefined {
    const reference: Reference = `${kind}:${name}`;
    if (!this.#of.has(reference)) return undefined;
    if (this.#visit(reference, []) > LIMITS.depth) {
      return `depends on a chain of more than ${LIMITS.depth} others; shorten it`;
    }
    return this.#problems.get(reference);
  }

  /** @returns how many steps the longest chain below has */
  #visit(reference: Reference, path: readonly Reference[]): number {
    const known = this.#depths.get(reference);
    if (known !== undefined) return known;
    const start = path.indexOf(reference);
    if (start !== -1) {
      const cycle = [...path.slice(start), reference].map((each) => each.replace(':', ' '));
      for (const part of path.slice(start))
        this.#problems.set(part, `depends on itself: ${cycle.join(' → ')}; remove one of these`);
      return 0;
    }
    const below = [...path, reference];
    const depth = Math.max(0, ...(this.#of.get(reference) ?? []).map((next) => 1 + this.#visit(next, below)));
    this.#depths.set(reference, depth);
    return depth;
  }
}

function collect(condition: ConditionDefinition, into: Reference[]): void {
  const { all = [], any = [], not, segment, flag = {} } = condition;
  for (const part of [...all, ...any, ...(not === undefined ? [] : [not])]) collect(part, into);
  for (const name of segment === undefined ? [] : [segment].flat()) into.push(`segment:${name}`);
  for (const name of Object.keys(flag)) into.push(`flag:${name}`);
}
