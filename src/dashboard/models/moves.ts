import { shown } from '../../errors.js';
import type { EvaluationDetails } from '../../evaluation/details.js';
import type { VariantSet } from '../../evaluation/variants.js';
import type { RecentContext } from '../../runtime/recent-contexts.js';
import { type Who, whoOf } from './who.js';

/** How many of those who move alike are named. */
const EXAMPLES = 3;
/** Pairs of variants can be many; what is rare is counted, not listed. */
const MOST_MOVES = 12;

/** One person, before and after. */
export interface Moved {
  readonly context: RecentContext;
  readonly before: EvaluationDetails;
  readonly after: EvaluationDetails;
  /** Attributes that were asked for and are not known. */
  readonly missed: readonly string[];
  /** Why the one, and why the other. */
  readonly why: () => readonly [before: string, after: string];
}

/** Somebody who moves, and why. */
interface Example {
  readonly who: Who;
  readonly before: string;
  readonly after: string;
}

/** People who go from one thing to another. */
export interface Move {
  readonly kind: 'gain' | 'lose' | 'switch';
  /** Variants; `''` where there is no such flag. */
  readonly from: string;
  readonly to: string;
  /** What the variants carry, where the names alone do not tell them apart; else `''`. */
  readonly fromValue: string;
  readonly toValue: string;
  readonly count: number;
  readonly examples: readonly Example[];
}

type Counts = Readonly<Record<Move['kind'] | 'stay', number>>;

/** Counts who goes from what to what. */
export class Moves {
  readonly #was: VariantSet | undefined;
  readonly #is: VariantSet | undefined;
  readonly #all = new Map<string, Moved[]>();
  readonly #counts = { gain: 0, lose: 0, switch: 0, stay: 0 };

  constructor(was: VariantSet | undefined, is: VariantSet | undefined) {
    this.#was = was;
    this.#is = is;
  }

  get counts(): Counts {
    return this.#counts;
  }

  add(moved: Moved): void {
    const kind = this.#kindOf(moved);
    this.#counts[kind] += 1;
    if (kind === 'stay') return;
    const key = JSON.stringify([moved.before.variant, moved.after.variant]);
    const alike = this.#all.get(key);
    if (alike === undefined) this.#all.set(key, [moved]);
    else alike.push(moved);
  }

  /** The most common first. */
  list(): Move[] {
    return [...this.#all.values()]
      .sort((one, other) => other.length - one.length)
      .slice(0, MOST_MOVES)
      .flatMap((alike) => this.#moveOf(alike));
  }

  #moveOf(alike: readonly Moved[]): Move[] {
    const [first] = alike;
    const kind = first === undefined ? 'stay' : this.#kindOf(first);
    if (first === undefined || kind === 'stay') return [];
    const { before, after } = first;
    const sameName = before.variant === after.variant;
    return [
      {
        kind,
        from: before.variant ?? '',
        to: after.variant ?? '',
        fromValue: sameName ? shown(before.value) : '',
        toValue: sameName ? shown(after.value) : '',
        count: alike.length,
        examples: alike.slice(0, EXAMPLES).map(exampleOf),
      },
    ];
  }

  #kindOf({ before, after }: Moved): keyof Counts {
    const [had, has] = [isOn(before, this.#was), isOn(after, this.#is)];
    if (had !== has) return has ? 'gain' : 'lose';
    // Without a flag there is nothing to have: its off variant is as good as that.
    if (before.variant === null || after.variant === null) return 'stay';
    return before.variant === after.variant && sameValue(before.value, after.value) ? 'stay' : 'switch';
  }
}

/** Values are JSON. */
export function sameValue(one: unknown, other: unknown): boolean {
  return one === other || JSON.stringify(one) === JSON.stringify(other);
}

function isOn({ variant }: EvaluationDetails, variants: VariantSet | undefined): boolean {
  return variant !== null && variant !== variants?.off;
}

function exampleOf({ context, why }: Moved): Example {
  const [before, after] = why();
  return { who: whoOf(context), before, after };
}
