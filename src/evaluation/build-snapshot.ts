import { compileBroken, compileFlag, type Shared } from './compile-flag.js';
import type { CompiledFlag } from './compiled-flag.js';
import type { Condition } from './conditions/condition.js';
import { Any } from './conditions/groups.js';
import { ListedUsers } from './conditions/listed-users.js';
import { SharedConditions } from './conditions/shared-conditions.js';
import type { ParsedFlag } from './definition/parse.js';
import { References } from './definition/references.js';
import { configsByName, Drafting, type Layer } from './drafting.js';
import type { Draft, SegmentDraft } from './drafts.js';
import type { FeatureFlagConfig, Flags } from './flag-config.js';
import { Problems } from './problems.js';
import type { Snapshot } from './snapshot.js';
import { VariantSets } from './variant-sets.js';

export type { Layer } from './drafting.js';

/** What a snapshot is made of. */
export interface SnapshotSources {
  readonly configs: Flags;
  readonly layers: readonly Layer[];
  readonly revision: number;
}

/** The names of what is different from before. */
export interface Changed {
  readonly flags: ReadonlySet<string>;
  readonly segments: ReadonlySet<string>;
}

/**
 * Compiles all flags: per flag and field a later layer goes over an earlier one, and data over the class of the same name. In
 * a tolerant layer one bad definition never takes the others down.
 *
 * @throws GatekeeperError `INVALID_FLAG` or `INVALID_DEFINITION`, naming place, value and fix
 */
export function buildSnapshot({ configs, layers, revision }: SnapshotSources): Snapshot {
  return new SnapshotBuild(configsByName(configs), layers, revision).snapshot;
}

/** One build of a snapshot; the next can go on from it, and then does only what is different. */
export class SnapshotBuild {
  readonly snapshot: Snapshot;
  /** The flags that were compiled for it; all others were taken over. */
  readonly compiled: ReadonlySet<string>;
  readonly #configs: ReadonlyMap<string, FeatureFlagConfig>;
  readonly #drafts: Map<string, Draft>;
  readonly #segments: Map<string, SegmentDraft>;
  readonly #compiledSegments: Map<string, Condition | undefined>;
  readonly #references = new References();
  readonly #shared: Shared;
  readonly #problems = new Problems();

  /** @throws GatekeeperError as {@link buildSnapshot} */
  constructor(
    configs: ReadonlyMap<string, FeatureFlagConfig>,
    layers: readonly Layer[],
    revision: number,
    before?: SnapshotBuild,
    changed?: Changed,
  ) {
    this.#configs = configs;
    this.#drafts = new Map(before ? before.#drafts : []);
    this.#segments = new Map(before ? before.#segments : []);
    const drafting = new Drafting(configs, layers, this.#problems);
    this.#shared = this.#newShared(drafting);
    const drafted = {
      flags: changed?.flags ?? drafting.flagNames(),
      segments: changed?.segments ?? drafting.segmentNames(),
    };
    for (const name of drafted.segments) set(this.#segments, name, drafting.segment(name));
    for (const name of drafted.flags) set(this.#drafts, name, drafting.flag(name));
    this.#refer();
    const compiled = changed === undefined ? drafted : this.#references.dependents(changed);
    if (changed !== undefined) this.#draftAgain(drafting, compiled, changed);
    // Segments refer to each other: one that is different is a reason to look at all.
    this.#compiledSegments = before && compiled.segments.size === 0 ? before.#compiledSegments : new Map();
    for (const name of this.#segments.keys()) this.#segment(name);
    this.compiled = compiled.flags;
    const flags = new Map(before ? before.snapshot.flags : []);
    for (const name of compiled.flags) {
      const draft = this.#drafts.get(name);
      set(flags, name, draft && this.#compileDraft(draft));
    }
    this.snapshot = { flags, segments: this.#usable(), problems: this.#problems.list, revision };
  }

  /** The build after a change of some flags and segments; all that do not depend on them are taken over as they are. */
  after(layers: readonly Layer[], revision: number, { flags, segments }: Changed): SnapshotBuild {
    const changed = { flags: new Set(flags), segments: new Set(segments) };
    // What was wrong may be right now: another flag or segment is there.
    for (const { kind, name } of this.snapshot.problems) changed[`${kind}s`].add(name);
    return new SnapshotBuild(this.#configs, layers, revision, this, changed);
  }

  /** What did not change itself may have been read in a build that was less tolerant. */
  #draftAgain(drafting: Drafting, { flags, segments }: Changed, changed: Changed): void {
    for (const name of flags) if (!changed.flags.has(name)) set(this.#drafts, name, drafting.flag(name));
    for (const name of segments.size > 0 ? this.#segments.keys() : []) {
      if (!changed.segments.has(name)) set(this.#segments, name, drafting.segment(name));
    }
  }

  #newShared(drafting: Drafting): Shared {
    return {
      variantSets: new VariantSets(),
      conditions: new SharedConditions({
        segment: (name) => this.#segment(name),
        segments: drafting.segmentNames(),
        variantsOf: (flag) => this.#drafts.get(flag)?.variants,
        flags: { [Symbol.iterator]: () => this.#drafts.keys() },
      }),
    };
  }

  #refer(): void {
    for (const [name, { definition }] of this.#segments) this.#references.addSegment(name, definition);
    for (const { name, parsed } of this.#drafts.values()) if (parsed) this.#references.addFlag(name, parsed.definition);
  }

  /** Compiled when it is first asked for, because segments refer to each other in any order. */
  #segment(name: string): Condition | undefined {
    const segment = this.#segments.get(name);
    if (segment !== undefined && !this.#compiledSegments.has(name)) {
      try {
        this.#compiledSegments.set(name, this.#compileSegment(name, segment));
      } catch (error) {
        this.#problems.setAside('segment', name, segment.tolerant, error);
      }
    }
    return this.#compiledSegments.get(name);
  }

  #usable(): Map<string, Condition> {
    const usable = new Map<string, Condition>();
    for (const [name, condition] of this.#compiledSegments) if (condition !== undefined) usable.set(name, condition);
    return usable;
  }

  #compileSegment(name: string, { definition: { users, when }, place }: SegmentDraft): Condition {
    // Until it is found to be usable it is not.
    this.#compiledSegments.set(name, undefined);
    const problem = this.#references.problemOf('segment', name);
    if (problem !== undefined) throw place.error(problem);
    return new Any([
      ...(users ? [new ListedUsers(users)] : []),
      ...(when ? [this.#shared.conditions.of(when, place.at('when'))] : []),
    ]);
  }

  #compileDraft(draft: Draft): CompiledFlag {
    const { name, place, parsed, below, problem, tolerant } = draft;
    if (problem !== undefined) return this.#compileBelow(draft, parsed, problem);
    try {
      const cycle = this.#references.problemOf('flag', name);
      if (cycle !== undefined) throw place.error(cycle);
      return compileFlag(draft, this.#shared);
    } catch (error) {
      return this.#compileBelow(draft, below, this.#problems.setAside('flag', name, tolerant, error));
    }
  }

  /** What stays of a flag whose topmost layer cannot be used. */
  #compileBelow({ name, place, config, shut }: Draft, below: ParsedFlag | undefined, problem: string): CompiledFlag {
    try {
      return compileBroken({ name, place, config, parsed: below }, this.#shared, problem, shut);
    } catch (error) {
      if (below === undefined) throw error;
      // It may ask for the very segment that is broken.
      return compileBroken({ name, place, config }, this.#shared, problem, shut);
    }
  }
}

function set<Value>(map: Map<string, Value>, name: string, value: Value | undefined): void {
  if (value === undefined) map.delete(name);
  else map.set(name, value);
}
