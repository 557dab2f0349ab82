import { messageOf, shown } from '../errors.js';
import { cutPoint, type Dice, type Share } from './bucketing.js';
import type { Outcome } from './details.js';
import type { FeatureFlagConfig } from './flag-config.js';
import type { Subject } from './subject.js';
import { abandon, isThenable } from './thenable.js';
import type { VariantSet } from './variants.js';

/** What a flag or a rule serves. Everything that can be known beforehand was found when it was made. */
export interface Allocation {
  /** True when the answer is the same for everybody, always. */
  readonly constant: boolean;
  /** @param note takes down, for people, what decided; absent unless somebody wants it explained */
  decide(subject: Subject, note?: (text: string) => void): Outcome;
}

/** One variant for everybody. */
export class Fixed implements Allocation {
  readonly constant = true;
  readonly #outcome: Outcome;

  constructor(outcome: Outcome) {
    this.#outcome = outcome;
  }

  decide(_subject: Subject, note?: (text: string) => void): Outcome {
    note?.(`Everyone gets ${this.#outcome.variant}.`);
    return this.#outcome;
  }
}

/** One variant for a percentage of units, the off variant for the rest. */
export class Percentage implements Allocation {
  readonly constant = false;
  readonly #cut: number;

  constructor(
    readonly percentage: number,
    readonly inside: Outcome,
    readonly outside: Outcome,
    /** Served where there is no unit to bucket by. */
    readonly unitless: Outcome,
    readonly dice: Dice,
    readonly bucketBy: string | undefined,
  ) {
    this.#cut = cutPoint(percentage);
  }

  decide(subject: Subject, note?: (text: string) => void): Outcome {
    const unit = subject.unit(this.bucketBy);
    if (unit === undefined) {
      note?.(noUnit(this.bucketBy, this.unitless));
      return this.unitless;
    }
    const position = this.dice.position(unit);
    const outcome = position < this.#cut ? this.inside : this.outside;
    note?.(
      `${this.percentage} % get ${this.inside.variant}; this bucket is at ${asPercent(position)} %, so ${outcome.variant} is served.`,
    );
    return outcome;
  }
}

/** The variants by relative weight. */
export class Split implements Allocation {
  readonly constant = false;

  constructor(
    readonly shares: readonly (Share & { readonly outcome: Outcome })[],
    readonly unitless: Outcome,
    readonly dice: Dice,
    readonly bucketBy: string | undefined,
  ) {}

  decide(subject: Subject, note?: (text: string) => void): Outcome {
    const unit = subject.unit(this.bucketBy);
    if (unit === undefined) {
      note?.(noUnit(this.bucketBy, this.unitless));
      return this.unitless;
    }
    const outcome = this.dice.winner(this.shares, unit)?.outcome ?? this.unitless;
    note?.(
      `Split ${this.shares.map(({ variant, weight }) => `${variant} ${weight}`).join(' : ')}; this bucket falls on ${outcome.variant}.`,
    );
    return outcome;
  }
}

/** Whatever the flag's class picks. Its failures end here. */
export class Code implements Allocation {
  readonly constant = false;
  readonly #config: FeatureFlagConfig;
  readonly #variants: VariantSet;
  readonly #report: (problem: string, error?: unknown) => void;

  constructor(config: FeatureFlagConfig, variants: VariantSet, report: (problem: string, error?: unknown) => void) {
    this.#config = config;
    this.#variants = variants;
    this.#report = report;
  }

  decide(subject: Subject, note?: (text: string) => void): Outcome {
    const { context } = subject;
    context.bucketed = false;
    let picked: unknown;
    try {
      picked = this.#config.pickVariant(context);
    } catch (error) {
      return this.#failed(`pickVariant threw: ${messageOf(error)}`, note, error);
    }
    const outcome = this.#variants.outcomes(context.bucketed ? 'SPLIT' : 'DEFAULT').get(picked as string);
    if (outcome === undefined) return this.#failed(whatWasPicked(picked, this.#variants), note);
    note?.(`The flag's code picked ${outcome.variant}.`);
    return outcome;
  }

  #failed(problem: string, note?: (text: string) => void, error?: unknown): Outcome {
    this.#report(problem, error);
    note?.(`${problem}. The off variant ${this.#variants.off} is served.`);
    return this.#variants.failed;
  }
}

function whatWasPicked(picked: unknown, variants: VariantSet): string {
  if (isThenable(picked)) {
    abandon(picked);
    return 'pickVariant returned a promise; it must decide synchronously — load what it needs in `attributes(req)`';
  }
  return `pickVariant returned ${shown(picked)}, which is not one of ${variants}`;
}

function noUnit(bucketBy: string | undefined, served: Outcome): string {
  return `There is no ${bucketBy ?? 'user or anonymous id'} to bucket by, so ${served.variant} is served.`;
}

function asPercent(position: number): string {
  return ((position / 2 ** 32) * 100).toFixed(3);
}
