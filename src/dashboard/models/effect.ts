import { Code } from '../../evaluation/allocations/code.js';
import type { CompiledFlag } from '../../evaluation/compiled-flag.js';
import type { FlagReader } from '../../evaluation/flag-reader.js';
import type { Snapshot } from '../../evaluation/snapshot.js';
import type { RecentContext } from '../../runtime/recent-contexts.js';
import { replay } from '../../runtime/replay.js';
import { type Move, type Moved, Moves, sameValue } from './moves.js';
import { noticing, type Unknown, unknownsOf } from './noticed.js';
import { type VariantCount, variantCounts } from './variant-counts.js';

/** How many reads of flags that nobody named may cost: with a great many of them, fewer people are asked about. */
const MOST_READS = 100_000;
/** Of how many other flags it is told in full what becomes of them. */
const MOST_OTHERS = 10;

/** What becomes of one flag for the people seen lately. */
export interface FlagEffect {
  readonly name: string;
  /** How many get something else than the off variant, and did not. */
  readonly gain: number;
  /** How many get the off variant, or find the flag gone, and did not. */
  readonly lose: number;
  /** How many get one thing for another. */
  readonly switch: number;
  readonly stay: number;
  readonly variants: readonly VariantCount[];
  /** Who goes from what to what, the most common first. */
  readonly moves: readonly Move[];
  /** Whether a class has a say, which may read what only a request has. */
  readonly code: boolean;
  /** For how many the class failed, there being no request. */
  readonly failed: number;
  /** What was asked of people and is not known of them. */
  readonly unknown: readonly Unknown[];
}

/** What a change does to the people seen lately. Exact for what is known of them: the code that serves requests decides. */
export interface Effect {
  /** How many people there are to tell from. */
  readonly people: number;
  /** The flags that were named. */
  readonly flags: readonly FlagEffect[];
  /** Other flags that somebody gets otherwise. */
  readonly others: readonly FlagEffect[];
  /** The names of those for which there is no room in {@link others}. */
  readonly furtherOthers: readonly string[];
  /** For how many people the others were looked at. */
  readonly othersFor: number;
}

/** @param now milliseconds since the epoch */
export function effectOf(
  before: Snapshot,
  after: Snapshot,
  flagNames: Iterable<string>,
  contexts: readonly RecentContext[],
  now: number,
): Effect {
  const named = new Set(flagNames);
  const replays = contexts.map((context) => new Replay(context, before, after, now));
  const candidates = [...after.flags.keys()].filter((name) => !named.has(name) && mayDiffer(name, before, after));
  const othersFor = Math.min(replays.length, Math.max(1, Math.floor(MOST_READS / Math.max(1, candidates.length))));
  const few = replays.slice(0, othersFor);
  const others = candidates.filter((name) => few.some((one) => one.differs(name)));
  const flags = [...named].map((name) => flagEffect(name, before, after, replays));
  return {
    people: replays.length,
    flags,
    others: others.slice(0, MOST_OTHERS).map((name) => untold(flagEffect(name, before, after, few), flags)),
    furtherOthers: others.slice(MOST_OTHERS),
    othersFor,
  };
}

/** What is not known of people is told once. */
function untold(effect: FlagEffect, flags: readonly FlagEffect[]): FlagEffect {
  const told = new Set(flags.flatMap(({ unknown }) => unknown.map(({ attribute }) => attribute)));
  return { ...effect, unknown: effect.unknown.filter(({ attribute }) => !told.has(attribute)) };
}

/** A flag that was taken over as it is, or that serves everyone the same as before, need not be asked. */
function mayDiffer(name: string, before: Snapshot, after: Snapshot): boolean {
  const [one, other] = [before.flags.get(name), after.flags.get(name)];
  if (one === other) return false;
  const [was, is] = [one?.constant, other?.constant];
  return was === undefined || is === undefined || was.variant !== is.variant || was.value !== is.value;
}

/** One person, before and after. */
class Replay {
  readonly #before: FlagReader;
  readonly #after: FlagReader;
  readonly #missed = new Set<string>();

  constructor(
    readonly context: RecentContext,
    before: Snapshot,
    after: Snapshot,
    now: number,
  ) {
    const attributes = noticing(context.attributes, (name) => void this.#missed.add(name));
    this.#before = replay(before, context, now);
    this.#after = replay(after, { ...context, attributes }, now);
  }

  differs(name: string): boolean {
    const [was, is] = [this.#before.ffVariant(name), this.#after.ffVariant(name)];
    return was !== is || !sameValue(this.#before.value(name, undefined), this.#after.value(name, undefined));
  }

  read(name: string): Moved {
    this.#missed.clear();
    const [before, after] = [this.#before, this.#after];
    return {
      context: this.context,
      before: before.details(name),
      after: after.details(name),
      missed: [...this.#missed],
      why: () => [before.explain(name).text, after.explain(name).text],
    };
  }
}

function flagEffect(name: string, before: Snapshot, after: Snapshot, replays: readonly Replay[]): FlagEffect {
  const [was, is] = [before.flags.get(name), after.flags.get(name)];
  const moves = new Moves(was?.variants, is?.variants);
  const read = replays.map((one) => one.read(name));
  for (const moved of read) moves.add(moved);
  return {
    name,
    ...moves.counts,
    variants: variantCounts(was?.variants, is?.variants, read),
    moves: moves.list(),
    code: asksCode(was) || asksCode(is),
    failed: read.filter(({ after: { reason } }) => reason === 'ERROR' && asksCode(is)).length,
    unknown: unknownsOf(read),
  };
}

function asksCode(flag: CompiledFlag | undefined): boolean {
  return flag?.allocation instanceof Code && flag.enabled && !flag.killed;
}
