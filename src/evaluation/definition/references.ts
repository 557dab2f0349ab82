import { circleIn, circleInWords } from './circle.js';
import { knotsFrom } from './knots.js';
import { LIMITS } from './limits.js';
import { type Kind, type Reference, referencesIn } from './reference.js';
import type { FlagDefinition, SegmentDefinition } from './schema.js';

/** One that refers to others. */
interface Referrer {
  readonly kind: Kind;
  readonly name: string;
  readonly references: readonly Reference[];
}

/** Names of flags and of segments. */
interface Names {
  readonly flags: Iterable<string>;
  readonly segments: Iterable<string>;
}

/**
 * Which flags and segments refer to which. Finds those that depend on themselves, or on so long a chain of others that it must
 * be a mistake, and whoever depends on what has changed. A name that is added again takes the place of what it was.
 */
export class References {
  /** Of those that refer to others: most do not. */
  readonly #of = { flag: new Map<string, Referrer>(), segment: new Map<string, Referrer>() };
  readonly #findings = new Map<Referrer, Finding>();
  #referrers: Record<Kind, Map<string, Referrer[]>> | undefined;

  addFlag(name: string, { prerequisites, rules }: FlagDefinition): void {
    const asks = prerequisites !== undefined || rules !== undefined;
    this.#add('flag', name, asks ? referencesIn({ flag: prerequisites, all: rules?.map(({ when }) => when) }) : []);
  }

  addSegment(name: string, { when }: SegmentDefinition): void {
    this.#add('segment', name, when === undefined ? [] : referencesIn(when));
  }

  /** Why this one cannot be used, if so: the circle it is part of, or that too much hangs on it. */
  problemOf(kind: Kind, name: string): string | undefined {
    const referrer = this.#of[kind].get(name);
    if (referrer === undefined) return undefined;
    const { circle, depth, size } = this.#examined(referrer);
    if (circle !== undefined) return circle;
    if (depth > LIMITS.depth) return `depends on a chain of more than ${LIMITS.depth} others; shorten it`;
    if (size > LIMITS.references) return `asks more than ${LIMITS.references} times for others; let it ask for fewer`;
    return undefined;
  }

  /**
   * What has to be made ready anew when these change: they themselves, and all that refer to any of them, directly or by way of
   * others. After definitions have changed, ask once the new ones are added.
   */
  dependents({ flags, segments }: Names): { readonly flags: Set<string>; readonly segments: Set<string> } {
    this.#referrers ??= this.#turnedRound();
    const reached = { flag: new Set(flags), segment: new Set(segments) };
    const waiting: Reference[] = [];
    for (const name of reached.flag) waiting.push(['flag', name]);
    for (const name of reached.segment) waiting.push(['segment', name]);
    for (const [changed, of] of waiting) {
      for (const { kind, name } of this.#referrers[changed].get(of) ?? []) {
        if (reached[kind].has(name)) continue;
        reached[kind].add(name);
        waiting.push([kind, name]);
      }
    }
    return { flags: reached.flag, segments: reached.segment };
  }

  #add(kind: Kind, name: string, references: readonly Reference[]): void {
    if (references.length > 0) this.#of[kind].set(name, { kind, name, references });
    else if (!this.#of[kind].delete(name)) return;
    this.#findings.clear();
    this.#referrers = undefined;
  }

  #examined(referrer: Referrer): Finding {
    if (!this.#findings.has(referrer)) {
      // What was examined before is whole: nothing new can be part of its circles.
      const next = (each: Referrer) => this.#next(each).filter((other) => !this.#findings.has(other));
      for (const knot of knotsFrom(referrer, next)) this.#examine(knot);
    }
    return this.#findings.get(referrer) ?? LEAF;
  }

  #examine(knot: readonly Referrer[]): void {
    const [first] = knot;
    if (first === undefined) return;
    if (knot.length === 1 && !this.#next(first).includes(first)) {
      this.#findings.set(first, this.#measured(first));
      return;
    }
    const circle = circleIn([first, ...knot.slice(1)], (each) => this.#next(each));
    const words = circleInWords(circle.map(({ kind, name }) => `${kind} ${name}`));
    const inside = { ...LEAF, circle: `depends on itself: ${words}; remove one of these` };
    const beside = { ...LEAF, circle: `depends on itself, tied up with ${words}; remove one of these` };
    for (const member of knot) this.#findings.set(member, beside);
    for (const member of circle) this.#findings.set(member, inside);
  }

  #measured({ references }: Referrer): Finding {
    let { depth, size } = LEAF;
    for (const [kind, name] of references) {
      const referrer = this.#of[kind].get(name);
      const below = (referrer && this.#findings.get(referrer)) ?? LEAF;
      depth = Math.max(depth, below.depth + 1);
      size += below.size;
    }
    return { depth, size };
  }

  #next({ references }: Referrer): Referrer[] {
    const next: Referrer[] = [];
    for (const [kind, name] of references) {
      const referrer = this.#of[kind].get(name);
      if (referrer !== undefined) next.push(referrer);
    }
    return next;
  }

  #turnedRound(): Record<Kind, Map<string, Referrer[]>> {
    const referrers = { flag: new Map<string, Referrer[]>(), segment: new Map<string, Referrer[]>() };
    for (const referrer of [...this.#of.flag.values(), ...this.#of.segment.values()]) {
      for (const [kind, name] of referrer.references) {
        const known = referrers[kind].get(name);
        if (known === undefined) referrers[kind].set(name, [referrer]);
        else known.push(referrer);
      }
    }
    return referrers;
  }
}

/** What was found out about one that refers to others. */
interface Finding {
  /** What to say when it depends on itself; whoever refers to it then depends on nothing more. */
  readonly circle?: string;
  /** The steps of the longest chain. */
  readonly depth: number;
  /** How many are asked in all, those that are asked twice counted twice: as many as an evaluation may have to ask. */
  readonly size: number;
}

const LEAF: Finding = { depth: 0, size: 1 };
