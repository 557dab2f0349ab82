import { GatekeeperError, shown } from '../errors.js';
import { didYouMean } from './closest.js';
import type { EvaluationContext } from './context.js';
import { FeatureFlagConfig, type FlagInstanceOptions } from './flag-config.js';
import type { FlagKind } from './flag-kind.js';
import { sentence } from './sentence.js';
import type { NameOf, Variants } from './variants.js';

/** What {@link featureFlag} takes. */
export interface FlagSpec<Name extends string, V extends Variants> {
  /** 1–200 characters; folders are separated by `/`. */
  readonly name: Name;
  /** A list of names, or a map of name → value. */
  readonly variants: V;
  readonly description?: string;
  /** What is served while the flag is off; by default the variant named `off` or `control`, else the last listed. */
  readonly offVariant?: NoInfer<NameOf<V>>;
  readonly kind?: FlagKind;
  /** Whether a browser override may decide; by default true, false for the kind `permission`. */
  readonly overridable?: boolean;
  /** What is bucketed: `userId`, `anonymousId`, `sessionId` or an attribute's name; by default the user id, else the anonymous id. */
  readonly bucketBy?: string;
  /** Seeds the buckets; by default the name. A new salt gives everyone a new bucket. */
  readonly salt?: string;
}

/** What extending {@link featureFlag} gives: the name and the variants are there, `pickVariant` is left to write. */
export abstract class TypedFlag<Name extends string, V extends Variants> extends FeatureFlagConfig<NameOf<V>> {
  declare readonly flagName: Name;
  declare readonly variants: V;
  abstract override pickVariant(context: EvaluationContext): NameOf<V>;
}

/** The class that {@link featureFlag} makes, to be extended. */
export type FlagClass<Name extends string, V extends Variants> = abstract new (
  options?: FlagInstanceOptions<NameOf<V>>,
) => TypedFlag<Name, V>;

/**
 * The typed way to write a flag: a wrong variant in `pickVariant`, `overrides` or `offVariant` does not compile.
 *
 * A factory, because a class body cannot type the constructor it inherits by its own fields.
 *
 * @throws GatekeeperError `INVALID_FLAG` for a key it does not know; the fields are checked when `gatekeeper()` is created
 *
 * @example
 * ```ts
 * class MyNewFeature extends featureFlag({ name: 'MY_NEW_FEATURE', variants: ['VISIBLE', 'NOT_VISIBLE'] }) {
 *   pickVariant({ isUser }: EvaluationContext) {
 *     return isUser(1, 2, 3) ? 'VISIBLE' : 'NOT_VISIBLE';
 *   }
 * }
 * ```
 */
export function featureFlag<const Name extends string, const V extends Variants>(
  spec: FlagSpec<Name, V>,
): FlagClass<Name, V> {
  const { name, ...fields } = checkedSpec(spec);
  abstract class SpecifiedFlag extends FeatureFlagConfig {
    readonly flagName = name;
    declare readonly variants: V;

    constructor(options?: FlagInstanceOptions) {
      super(options);
      Object.assign(this, fields);
    }
  }
  return SpecifiedFlag as unknown as FlagClass<Name, V>;
}

const SPEC_KEYS = ['name', 'variants', 'description', 'offVariant', 'kind', 'overridable', 'bucketBy', 'salt'];

function checkedSpec<Spec extends object>(spec: Spec): Spec {
  if (typeof spec !== 'object' || spec === null) {
    throw invalid(
      `featureFlag() was given ${shown(spec)}; write featureFlag({ name: 'MY_FLAG', variants: ['ON', 'OFF'] })`,
    );
  }
  const unknown = Object.keys(spec).find((key) => !SPEC_KEYS.includes(key));
  if (unknown !== undefined) {
    throw invalid(
      `featureFlag() knows no ${shown(unknown)}${didYouMean(unknown, SPEC_KEYS) || `; it takes ${SPEC_KEYS.join(', ')}`}`,
    );
  }
  return spec;
}

function invalid(problem: string): GatekeeperError {
  return new GatekeeperError('INVALID_FLAG', sentence(problem));
}
