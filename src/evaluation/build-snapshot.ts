import { SharedConditions } from './conditions/shared-conditions.js';
import { References } from './definition/references.js';
import { DraftCompiler } from './draft-compiler.js';
import { configsByName, Drafting, type Layer } from './drafting.js';
import type { Draft, SegmentDraft } from './drafts.js';
import type { FeatureFlagConfig, Flags } from './flag-config.js';
import { Problems } from './problems.js';
import { Segments } from './segments.js';
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
  readonly #segmentDrafts: Map<string, SegmentDraft>;
  readonly #segments: Segments;

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
    this.#segmentDrafts = new Map(before ? before.#segmentDrafts : []);
    const problems = new Problems();
    const drafting = new Drafting(configs, layers, problems);
    const drafted = {
      flags: changed?.flags ?? drafting.flagNames(),
      segments: changed?.segments ?? drafting.segmentNames(),
    };
    for (const name of drafted.segments) set(this.#segmentDrafts, name, drafting.segment(name));
    for (const name of drafted.flags) set(this.#drafts, name, drafting.flag(name));
    const references = this.#references();
    const anew = changed === undefined ? drafted : references.dependents(changed);
    if (changed !== undefined) this.#draftAgain(drafting, anew, changed);
    const conditions = new SharedConditions({
      segment: (name) => this.#segments.get(name),
      segments: drafting.segmentNames(),
      variantsOf: (flag) => this.#drafts.get(flag)?.variants,
      flags: { [Symbol.iterator]: () => this.#drafts.keys() },
    });
    // Segments refer to each other: one that is different is a reason to look at all.
    const known = before && anew.segments.size === 0 ? before.#segments : undefined;
    this.#segments = new Segments(this.#segmentDrafts, { conditions, references, problems }, known);
    const segments = this.#segments.usable();
    const compiler = new DraftCompiler({ conditions, variantSets: new VariantSets() }, references, problems);
    const flags = new Map(before?.snapshot.flags);
    for (const name of anew.flags) {
      const draft = this.#drafts.get(name);
      set(flags, name, draft && compiler.compile(draft));
    }
    for (const flag of compiler.untied()) flags.set(flag.name, flag);
    this.compiled = anew.flags;
    this.snapshot = { flags, segments, problems: problems.list, revision };
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
    for (const name of segments.size > 0 ? this.#segmentDrafts.keys() : []) {
      if (!changed.segments.has(name)) set(this.#segmentDrafts, name, drafting.segment(name));
    }
  }

  /** Of everything as its topmost layer has it. */
  #references(): References {
    const references = new References();
    for (const [name, { definition }] of this.#segmentDrafts) references.addSegment(name, definition);
    for (const { name, parsed } of this.#drafts.values()) if (parsed) references.addFlag(name, parsed.definition);
    return references;
  }
}

function set<Value>(map: Map<string, Value>, name: string, value: Value | undefined): void {
  if (value === undefined) map.delete(name);
  else map.set(name, value);
}
