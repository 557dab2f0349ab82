import { GatekeeperError } from '../errors.js';
import { LIMITS } from './definition/limits.js';
import { parseFlag, parseSegment } from './definition/parse.js';
import type { Definitions } from './definition/schema.js';
import { Draft, type SegmentDraft } from './drafts.js';
import { checkFlagInstance, checkFlagName, flagPlace } from './flag-class.js';
import type { FeatureFlagConfig, Flags } from './flag-config.js';
import { type Origin, Place } from './place.js';
import type { Problems } from './problems.js';

/** Definitions from one origin. Of two layers the later is on top. */
export interface Layer {
  readonly definitions: Definitions;
  readonly origin: Origin;
  /** Whether a definition that cannot be used is set aside with a problem, rather than thrown. */
  readonly tolerant: boolean;
}

/** Reads what classes and layers say of each flag and segment. */
export class Drafting {
  readonly #configs: ReadonlyMap<string, FeatureFlagConfig>;
  readonly #layers: readonly Layer[];
  readonly #problems: Problems;

  /** @throws GatekeeperError `INVALID_DEFINITION` when there are too many */
  constructor(configs: ReadonlyMap<string, FeatureFlagConfig>, layers: readonly Layer[], problems: Problems) {
    this.#configs = configs;
    this.#layers = layers;
    this.#problems = problems;
    for (const layer of layers) checkSizes(layer);
  }

  /** Every flag that somebody says something of, classes first. */
  flagNames(): Set<string> {
    return new Set([
      ...this.#configs.keys(),
      ...this.#layers.flatMap(({ definitions }) => Object.keys(definitions.flags)),
    ]);
  }

  segmentNames(): Set<string> {
    return new Set(this.#layers.flatMap(({ definitions }) => Object.keys(definitions.segments ?? {})));
  }

  /** What is known of a flag; `undefined` when nobody says anything. */
  flag(name: string): Draft | undefined {
    const config = this.#configs.get(name);
    let draft = config && new Draft(name, new Place('Flag', name), false, config);
    for (const { definitions, origin, tolerant } of this.#layers) {
      if (!Object.hasOwn(definitions.flags, name)) continue;
      const place = new Place('Flag', name, origin);
      draft ??= new Draft(name, place, tolerant);
      this.#addTo(draft, definitions.flags[name], place, tolerant);
    }
    return draft;
  }

  /** What the topmost layer that can be read says of a segment. */
  segment(name: string): SegmentDraft | undefined {
    let draft: SegmentDraft | undefined;
    for (const { definitions, origin, tolerant } of this.#layers) {
      const { segments = {} } = definitions;
      if (!Object.hasOwn(segments, name)) continue;
      const place = new Place('Segment', name, origin);
      try {
        draft = { definition: parseSegment(segments[name], place), place, tolerant };
      } catch (error) {
        this.#problems.setAside('segment', name, tolerant, error);
      }
    }
    return draft;
  }

  #addTo(draft: Draft, input: unknown, place: Place, tolerant: boolean): void {
    draft.enter(input, place, tolerant);
    try {
      checkFlagName(draft.name, place);
      draft.add(parseFlag(input, place));
    } catch (error) {
      draft.problem = this.#problems.setAside('flag', draft.name, tolerant, error);
    }
  }
}

/**
 * Classes by the names of their flags.
 *
 * @throws GatekeeperError `INVALID_FLAG` naming what is no flag, or is there twice
 */
export function configsByName(configs: Flags): Map<string, FeatureFlagConfig> {
  const named = new Map<string, FeatureFlagConfig>();
  for (const [key, config] of Object.entries(configs)) {
    checkFlagInstance(config, Array.isArray(configs) ? `flags[${key}]` : `flags.${key}`);
    const other = named.get(config.flagName);
    if (other !== undefined) {
      throw new GatekeeperError(
        'INVALID_FLAG',
        `${flagPlace(config.flagName)} is there twice, as class ${other.constructor.name} and as class ${config.constructor.name}; rename one or remove it.`,
      );
    }
    named.set(config.flagName, config);
  }
  return named;
}

function checkSizes({ definitions, origin }: Layer): void {
  for (const kind of ['flags', 'segments'] as const) {
    const count = Object.keys(definitions[kind] ?? {}).length;
    if (count > LIMITS[kind]) {
      throw new GatekeeperError(
        'INVALID_DEFINITION',
        `${origin.name} has ${count} ${kind}; at most ${LIMITS[kind]} are taken.`,
      );
    }
  }
}
