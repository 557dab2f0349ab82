import type { Share } from '../bucketing.js';
import type { Outcome } from '../details.js';
import type { Subject } from '../subject.js';
import type { Allocation, Note } from './allocation.js';
import { asPercentage, type Buckets, unitIn, unitKind } from './bucketed.js';

/** One variant's part, and what it comes to. */
export interface OutcomeShare extends Share {
  readonly outcome: Outcome;
}

/** The variants by relative weight. */
export class Split implements Allocation {
  constructor(
    readonly shares: readonly OutcomeShare[],
    private readonly buckets: Buckets,
  ) {}

  decide(subject: Subject, note?: Note): Outcome {
    const unit = unitIn(subject, this.buckets, note);
    if (unit === undefined) return this.buckets.unitless;
    const outcome = this.buckets.dice.winner(this.shares, unit)?.outcome ?? this.buckets.unitless;
    if (note !== undefined) this.#explain(subject, outcome, unit, note);
    return outcome;
  }

  #explain(subject: Subject, outcome: Outcome, unit: string, note: Note): void {
    const weights = this.shares.map(({ variant, weight }) => `${variant} ${weight}`).join(' : ');
    note(`Split ${weights}; the bucket falls on ${outcome.variant}.`, {
      bucket: {
        unit,
        by: unitKind(subject, this.buckets),
        salt: this.buckets.dice.salt,
        position: asPercentage(this.buckets.dice.position(unit)),
        weights: this.shares.map(({ variant, weight }) => ({ variant, weight })),
      },
    });
  }
}
