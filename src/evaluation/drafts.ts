import type { ParsedFlag } from './definition/parse.js';
import type { SegmentDefinition } from './definition/schema.js';
import type { FeatureFlagConfig } from './flag-config.js';
import type { Place } from './place.js';

/** Whether a flag is shut, as far as its definition can be read. */
export interface Shut {
  readonly killed: boolean;
  readonly enabled: boolean;
}

const OPEN: Shut = { killed: false, enabled: true };

/** What is known of one flag before it is compiled: its class, and what the layers of definitions say of it, one by one. */
export class Draft {
  parsed: ParsedFlag | undefined;
  /** What stays when the topmost layer turns out to be unusable. */
  below: ParsedFlag | undefined;
  /** Why the topmost layer cannot be read. */
  problem: string | undefined;
  shut = OPEN;

  constructor(
    readonly name: string,
    /** Where the topmost layer says something. */
    public place: Place,
    public tolerant: boolean,
    readonly config?: FeatureFlagConfig,
  ) {}

  /** Makes this the topmost layer; what it says in full is added once it is read. */
  enter(input: unknown, place: Place, tolerant: boolean): void {
    this.place = place;
    this.tolerant = tolerant;
    this.shut = shutBy(input, this.shut);
  }

  add(parsed: ParsedFlag): void {
    this.below = this.parsed;
    this.parsed = this.below === undefined ? parsed : merged(this.below, parsed, this.config !== undefined);
  }

  /** The names of its variants, as far as they can be told. */
  get variants(): readonly string[] | 'unusable' {
    if (this.problem !== undefined && this.config === undefined && this.parsed === undefined) return 'unusable';
    const variants = this.config?.variants ?? this.parsed?.definition.variants;
    if (variants === undefined) return ['on', 'off'];
    return Array.isArray(variants) ? variants : Object.keys(variants);
  }
}

/** What is known of one segment before it is compiled. */
export interface SegmentDraft {
  readonly definition: SegmentDefinition;
  readonly place: Place;
  readonly tolerant: boolean;
}

/** What a definition says about being shut, whatever else is wrong with it; what cannot be understood counts as shut. */
function shutBy(input: unknown, below: Shut): Shut {
  if (typeof input === 'boolean') return { killed: below.killed, enabled: input };
  if (typeof input !== 'object' || input === null) return below;
  const { killed = below.killed, enabled = below.enabled } = input as Readonly<Record<string, unknown>>;
  return { killed: killed !== false, enabled: enabled === true };
}

function merged(below: ParsedFlag, above: ParsedFlag, overClass: boolean): ParsedFlag {
  const definition = { ...below.definition, ...above.definition };
  // Who is not listed is served what a class says; without one, nothing: the layer below must not let him in.
  if (above.onlyListed && !overClass) delete definition.serve;
  return {
    definition,
    inFull: below.inFull || above.inFull,
    onlyListed: above.onlyListed || (below.onlyListed && above.definition.serve === undefined),
  };
}
