import { GatekeeperError, shown } from '../errors.js';
import { cutPoint, Dice, type Share } from './bucketing.js';
import { ConditionsInCode } from './conditions/in-code.js';
import { type EvaluationContext, SubjectContext } from './context.js';
import type { ConditionDefinition } from './definition/condition-schema.js';
import type { FlagKind } from './flag-kind.js';
import { Place } from './place.js';
import type { SnapshotSource } from './snapshot.js';
import { Subject } from './subject.js';
import { type UserId, userKey } from './user-id.js';
import type { Variants } from './variants.js';

/** Variant → the ids of users who get it before the flag itself is asked. */
export type Overrides<Variant extends string = string> = { readonly [V in Variant]?: readonly UserId[] };

/** Flags of an app: a list, or a record whose keys are of the app's choosing. */
export type Flags = readonly FeatureFlagConfig[] | Readonly<Record<string, FeatureFlagConfig>>;

/** What an instance of a flag class takes. */
export interface FlagInstanceOptions<Variant extends string = string> {
  readonly overrides?: Overrides<Variant>;
}

/**
 * A flag whose choice is code. Extend it directly in JavaScript; in TypeScript extend what `featureFlag()` makes, which
 * types the variants. Fields are checked when `gatekeeper()` is created.
 */
export abstract class FeatureFlagConfig<Variant extends string = string> {
  abstract readonly flagName: string;
  abstract readonly variants: Variants;
  readonly description?: string;
  /** What is served while the flag is off; by default the variant named `off` or `control`, else the last listed. */
  readonly offVariant?: string;
  readonly kind?: FlagKind;
  /** Whether a browser override may decide; by default true, false for the kind `permission`. */
  readonly overridable?: boolean;
  /** What is bucketed: `userId`, `anonymousId` (sticks to the browser through log-in), `sessionId` or an attribute's name. */
  readonly bucketBy?: string;
  /** Seeds the buckets; the flag's name by default. A new salt gives everyone a new bucket. */
  readonly salt?: string;
  readonly overrides: Overrides<Variant>;
  /** Filled by the building blocks below: the salt is a field of the subclass, so it is not known in the constructor. */
  #dice: Dice | undefined;
  readonly #shares = new Map<string, Share>();
  #conditions: ConditionsInCode | undefined;

  constructor(options: FlagInstanceOptions<Variant> = {}) {
    const unknown = Object.keys(options ?? {}).filter((key) => key !== 'overrides');
    if (unknown.length > 0) {
      const problem = `new ${new.target.name}() knows no option ${shown(unknown[0])}; it takes { overrides }.`;
      throw new GatekeeperError('INVALID_FLAG', problem);
    }
    this.overrides = options?.overrides ?? {};
  }

  /** Decides. Synchronous; returns one of `variants`. Whatever it throws becomes the off variant, never an error page. */
  abstract pickVariant(context: EvaluationContext): string;

  /** The names of the variants, as listed. */
  getVariants(): Variant[] {
    return (Array.isArray(this.variants) ? [...this.variants] : Object.keys(this.variants)) as Variant[];
  }

  /**
   * True for `percent` (0–100, fractions allowed) of users or visitors; the same ones at every call, and all of them again
   * when the number grows. False for somebody without an id to bucket by.
   */
  protected percentage(context: EvaluationContext, percent: number): boolean {
    if (percent <= 0) return false;
    if (percent >= 100) return true;
    const unit = unitOf(context, this.bucketBy);
    return unit !== undefined && this.#bucketing().position(unit) < cutPoint(percent);
  }

  /**
   * One of the variants by relative weights, sticky per user or visitor; `undefined` for somebody without an id to bucket by,
   * or when no weight is above 0.
   */
  protected split<Part extends Variant>(
    context: EvaluationContext,
    weights: { readonly [V in Part]: number },
  ): Part | undefined {
    const unit = unitOf(context, this.bucketBy);
    if (unit === undefined) return undefined;
    const shares = Object.keys(weights).map((name) => this.#share(name as Part, weights[name as Part]));
    return this.#bucketing().winner(shares, unit)?.variant as Part | undefined;
  }

  #share(variant: string, weight: number): Share {
    let share = this.#shares.get(variant);
    if (share?.weight !== weight) {
      share = this.#bucketing().share(variant, weight);
      this.#shares.set(variant, share);
    }
    return share;
  }

  /**
   * True when a condition holds, written as in a definition: `{ plan: 'premium', country: ['SE', 'NO'] }`. Segments and flags are
   * looked up as they stand.
   *
   * @throws GatekeeperError `INVALID_FLAG` for what is no condition; from `pickVariant` that becomes the off variant
   */
  protected matches(context: EvaluationContext, condition: ConditionDefinition): boolean {
    this.#conditions ??= new ConditionsInCode(new Place('Flag', this.flagName));
    return contextOf(context).holds(this.#conditions.of(condition));
  }

  #bucketing(): Dice {
    this.#dice ??= new Dice(this.salt ?? this.flagName);
    return this.#dice;
  }
}

const NO_FLAGS: SnapshotSource = {
  snapshot: { flags: new Map(), segments: new Map(), problems: [], revision: 0 },
  stale: false,
  clock: Date.now,
  failed: () => undefined,
  unknownFlag: () => undefined,
};

/** Of a context that a test of the app wrote down by hand, what it says of the user. */
function contextOf(context: EvaluationContext): SubjectContext {
  if (context instanceof SubjectContext) return context;
  return new SubjectContext(new Subject(NO_FLAGS, context.userId, context.attributes));
}

function unitOf(context: EvaluationContext, bucketBy: string | undefined): string | undefined {
  return context instanceof SubjectContext ? context.unit(bucketBy) : userKey(context.userId);
}
