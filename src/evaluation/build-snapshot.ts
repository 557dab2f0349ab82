import { GatekeeperError, messageOf } from '../errors.js';
import { compileBroken, compileFlag, type FlagSource, type Shut } from './compile.js';
import type { CompiledFlag } from './compiled-flag.js';
import { compileCondition, type Names } from './conditions/compile.js';
import type { Condition } from './conditions/condition.js';
import { Any } from './conditions/groups.js';
import { ListedUsers } from './conditions/listed-users.js';
import { LIMITS } from './definition/limits.js';
import { type ParsedFlag, parseFlag, parseSegment } from './definition/parse.js';
import { References } from './definition/references.js';
import type { Definitions, SegmentDefinition } from './definition/schema.js';
import { checkFlagInstance, checkFlagName, flagPlace } from './flag-class.js';
import type { FeatureFlagConfig, Flags } from './flag-config.js';
import { type Origin, Place } from './place.js';
import type { Problem, Snapshot } from './snapshot.js';
import { VariantSets } from './variant-sets.js';

/** Definitions from one origin. Of two layers the later is on top. */
export interface Layer {
  readonly definitions: Definitions;
  readonly origin: Origin;
  /** Whether a definition that cannot be used is set aside with a problem, rather than thrown. */
  readonly tolerant: boolean;
}

/** What a snapshot is made of. */
export interface SnapshotSources {
  readonly configs: Flags;
  readonly layers: readonly Layer[];
  readonly revision: number;
}

/**
 * Compiles all flags: per flag and field a later layer goes over an earlier one, and data over the class of the same name. In
 * a tolerant layer one bad definition never takes the others down.
 *
 * @throws GatekeeperError `INVALID_FLAG` or `INVALID_DEFINITION`, naming place, value and fix
 */
export function buildSnapshot(sources: SnapshotSources): Snapshot {
  return new SnapshotBuilder(sources).build();
}

/** What is known of one flag before it is compiled. */
interface Draft {
  readonly name: string;
  place: Place;
  tolerant: boolean;
  config?: FeatureFlagConfig;
  parsed?: ParsedFlag | undefined;
  /** What stays when the topmost layer turns out to be unusable. */
  below?: ParsedFlag | undefined;
  problem?: string;
  shut: Shut;
}

/** What is known of one segment before it is compiled. */
interface SegmentDraft {
  readonly definition: SegmentDefinition;
  readonly place: Place;
  readonly tolerant: boolean;
}

const OPEN: Shut = { killed: false, enabled: true };

/** What a definition says about being shut, whatever else is wrong with it; what cannot be understood counts as shut. */
function shutBy(input: unknown, below: Shut): Shut {
  if (typeof input === 'boolean') return { killed: below.killed, enabled: input };
  if (typeof input !== 'object' || input === null) return below;
  const { killed = below.killed, enabled = below.enabled } = input as Readonly<Record<string, unknown>>;
  return { killed: killed !== false, enabled: enabled === true };
}

class SnapshotBuilder {
  readonly #drafts = new Map<string, Draft>();
  readonly #declaredSegments: ReadonlySet<string>;
  readonly #segments = new Map<string, SegmentDraft>();
  readonly #compiledSegments = new Map<string, Condition | undefined>();
  readonly #references = new References();
  readonly #variantSets = new VariantSets();
  readonly #problems: Problem[] = [];
  readonly #names: Names;

  constructor(private readonly sources: SnapshotSources) {
    this.#declaredSegments = new Set(
      sources.layers.flatMap(({ definitions }) => Object.keys(definitions.segments ?? {})),
    );
    this.#names = {
      segment: (name) => this.#segment(name),
      segments: this.#declaredSegments,
      variantsOf: (flag) => variantNames(this.#drafts.get(flag)),
      flags: { [Symbol.iterator]: () => this.#drafts.keys() },
    };
  }

  build(): Snapshot {
    this.#draftConfigs();
    for (const layer of this.sources.layers) this.#draftLayer(layer);
    for (const [name, { definition }] of this.#segments) this.#references.addSegment(name, definition);
    for (const { name, parsed } of this.#drafts.values()) if (parsed) this.#references.addFlag(name, parsed.definition);
    for (const name of this.#segments.keys()) this.#segment(name);
    const flags = new Map<string, CompiledFlag>();
    for (const draft of this.#drafts.values()) flags.set(draft.name, this.#compileDraft(draft));
    return {
      flags,
      segments: this.#usable(),
      problems: this.#problems,
      revision: this.sources.revision,
    };
  }

  #draftConfigs(): void {
    const { configs } = this.sources;
    for (const [key, config] of Object.entries(configs)) {
      checkFlagInstance(config, Array.isArray(configs) ? `flags[${key}]` : `flags.${key}`);
      const name = config.flagName;
      const other = this.#drafts.get(name)?.config;
      if (other !== undefined) {
        throw new GatekeeperError(
          'INVALID_FLAG',
          `${flagPlace(name)} is there twice, as class ${other.constructor.name} and as class ${config.constructor.name}; rename one or remove it.`,
        );
      }
      this.#drafts.set(name, {
        name,
        config,
        place: new Place('Flag', name),
        tolerant: false,
        shut: OPEN,
      });
    }
  }

  #draftLayer({ definitions, origin, tolerant }: Layer): void {
    this.#checkSizes(definitions, origin);
    for (const [name, input] of Object.entries(definitions.segments ?? {})) {
      const place = new Place('Segment', name, origin);
      this.#trying({ kind: 'segment', name }, tolerant, () => {
        this.#segments.set(name, { definition: parseSegment(input, place), place, tolerant });
      });
    }
    for (const [name, input] of Object.entries(definitions.flags)) {
      const place = new Place('Flag', name, origin);
      const draft = this.#drafts.get(name) ?? { name, place, tolerant, shut: OPEN };
      draft.shut = shutBy(input, draft.shut);
      draft.place = place;
      draft.tolerant = tolerant;
      const problem = this.#trying({ kind: 'flag', name }, tolerant, () => {
        checkFlagName(name, place);
        const parsed = parseFlag(input, place);
        draft.below = draft.parsed;
        draft.parsed = merged(draft.parsed, parsed);
      });
      if (problem !== undefined) draft.problem = problem;
      this.#drafts.set(name, draft);
    }
  }

  #checkSizes({ flags, segments = {} }: Definitions, origin: Origin): void {
    const counts = { flags: Object.keys(flags).length, segments: Object.keys(segments).length };
    for (const kind of ['flags', 'segments'] as const) {
      if (counts[kind] > LIMITS[kind]) {
        throw new GatekeeperError(
          'INVALID_DEFINITION',
          `${origin.name} has ${counts[kind]} ${kind}; at most ${LIMITS[kind]} are taken.`,
        );
      }
    }
  }

  /** Compiled when it is first asked for, because segments refer to each other in any order. */
  #segment(name: string): Condition | undefined {
    const segment = this.#segments.get(name);
    if (segment !== undefined && !this.#compiledSegments.has(name)) {
      this.#trying({ kind: 'segment', name }, segment.tolerant, () => {
        this.#compiledSegments.set(name, this.#compileSegment(name, segment));
      });
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
      ...(when ? [compileCondition(when, place.at('when'), this.#names)] : []),
    ]);
  }

  #compileDraft(draft: Draft): CompiledFlag {
    const { name, place, config, parsed, tolerant } = draft;
    const source: FlagSource = {
      name,
      place,
      config,
      parsed,
      names: this.#names,
      variantSets: this.#variantSets,
    };
    if (draft.problem !== undefined) return compileBroken(source, draft.problem, draft.shut);
    let flag: CompiledFlag | undefined;
    const problem = this.#trying({ kind: 'flag', name }, tolerant, () => {
      const cycle = this.#references.problemOf('flag', name);
      if (cycle !== undefined) throw place.error(cycle);
      flag = compileFlag(source);
    });
    return flag ?? compileBroken({ ...source, parsed: draft.below }, problem ?? '', draft.shut);
  }

  /** Does something that may find a definition unusable; in a tolerant layer that is set down and returned. */
  #trying(about: Omit<Problem, 'message'>, tolerant: boolean, work: () => void): string | undefined {
    try {
      work();
      return undefined;
    } catch (error) {
      if (!tolerant) throw error;
      const message = messageOf(error);
      this.#problems.push({ ...about, message });
      return message;
    }
  }
}

function merged(below: ParsedFlag | undefined, above: ParsedFlag): ParsedFlag {
  if (below === undefined) return above;
  return {
    definition: { ...below.definition, ...above.definition },
    inFull: below.inFull || above.inFull,
    onlyListed: above.definition.rules === undefined ? below.onlyListed : above.onlyListed,
  };
}

function variantNames(draft: Draft | undefined): readonly string[] | 'unusable' | undefined {
  if (draft === undefined) return undefined;
  if (draft.problem !== undefined && draft.config === undefined && draft.parsed === undefined) return 'unusable';
  const variants = draft.config?.variants ?? draft.parsed?.definition.variants;
  if (variants === undefined) return ['on', 'off'];
  return Array.isArray(variants) ? variants : Object.keys(variants);
}
