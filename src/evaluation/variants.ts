import { shown } from '../errors.js';
import { Fixed } from './allocations/fixed.js';
import { Outcome, type Reason } from './details.js';
import type { Place } from './place.js';
import { checkedVariants, listed, offVariant, onVariant } from './variant-checks.js';

/** A closed list of variant names, or a map of variant name → the value it carries. */
export type Variants = readonly string[] | Readonly<Record<string, unknown>>;

/** The names of `V`. */
export type NameOf<V> = V extends readonly (infer Name extends string)[] ? Name : keyof V & string;

/** The values of `V`: a variant without a value carries its own name. */
export type ValueOf<V> = V extends readonly (infer Name)[] ? Name : V[keyof V];

/** The variants of one flag, checked, with its off and on variant found. */
export class VariantSet {
  readonly names: readonly string[];
  readonly off: string;
  readonly on: string;
  /** The off variant because the flag is switched off. */
  readonly disabled: Outcome;
  /** The off variant because code failed. */
  readonly failed: Outcome;
  readonly #values: ReadonlyMap<string, unknown>;
  readonly #outcomes = new Map<Reason, ReadonlyMap<string, Outcome>>();
  readonly #ofRules = new Map<Outcome, Map<string, Outcome>>();
  readonly #fixed = new Map<Outcome, Fixed>();

  /**
   * @param place the flag, as it should be named in messages
   * @throws GatekeeperError `INVALID_FLAG` when the variants are empty, repeated, of mixed types, or no off variant can be told
   */
  constructor(variants: unknown, off: unknown, place: Place) {
    this.#values = new Map(checkedVariants(variants, place));
    this.names = [...this.#values.keys()];
    this.off = offVariant(this.#values, off, place);
    this.on = onVariant(this.names, this.off);
    this.disabled = this.outcome(this.off, 'DISABLED');
    this.failed = new Outcome(this.off, this.#values.get(this.off), 'ERROR', true, undefined, 'GENERAL');
  }

  has(variant: unknown): variant is string {
    return typeof variant === 'string' && this.#values.has(variant);
  }

  value(variant: string): unknown {
    return this.#values.get(variant);
  }

  /** The outcomes of all variants for one reason; the same objects at every call. */
  outcomes(reason: Reason): ReadonlyMap<string, Outcome> {
    let outcomes = this.#outcomes.get(reason);
    if (outcomes === undefined) {
      outcomes = new Map(
        [...this.#values].map(([name, value]) => [name, new Outcome(name, value, reason, name === this.off)]),
      );
      this.#outcomes.set(reason, outcomes);
    }
    return outcomes;
  }

  /**
   * @param rule the name of the rule that serves it
   * @throws RangeError when `variant` is not one of the set: callers check names first, with the place at hand
   */
  outcome(variant: string, reason: Reason, rule?: string): Outcome {
    const outcome = this.outcomes(reason).get(variant);
    if (outcome === undefined) throw new RangeError(`no variant ${shown(variant)}`);
    return rule === undefined ? outcome : this.#ofRule(outcome, rule);
  }

  /** This variant for everybody, or for all whom a rule chooses; the same object at every call. */
  everyone(variant: string, rule?: string): Fixed {
    const outcome = this.outcome(variant, rule === undefined ? 'STATIC' : 'TARGETING_MATCH', rule);
    let allocation = this.#fixed.get(outcome);
    if (allocation === undefined) {
      allocation = new Fixed(outcome);
      this.#fixed.set(outcome, allocation);
    }
    return allocation;
  }

  /** Rules have few names: most are numbered. */
  #ofRule(outcome: Outcome, rule: string): Outcome {
    let byRule = this.#ofRules.get(outcome);
    if (byRule === undefined) {
      byRule = new Map();
      this.#ofRules.set(outcome, byRule);
    }
    let ofRule = byRule.get(rule);
    if (ofRule === undefined) {
      ofRule = new Outcome(outcome.variant, outcome.value, outcome.reason, outcome.off, rule);
      byRule.set(rule, ofRule);
    }
    return ofRule;
  }

  /** The variants for a message: `'ON', 'OFF'`. */
  toString(): string {
    return listed(this.names);
  }
}
