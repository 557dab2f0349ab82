import { cutPoint } from '../bucketing.js';
import type { Outcome } from '../details.js';
import type { Subject } from '../subject.js';
import type { Allocation, Note } from './allocation.js';
import { asPercentage, type Buckets, unitIn, unitKind } from './bucketed.js';

/** One variant for a percentage of units, the off variant for the rest. */
export class Percentage implements Allocation {
  readonly #cut: number;

  constructor(
    readonly percentage: number,
    readonly inside: Outcome,
    private readonly outside: Outcome,
    private readonly buckets: Buckets,
  ) {
    this.#cut = cutPoint(percentage);
  }

  decide(subject: Subject, note?: Note): Outcome {
    const unit = unitIn(subject, this.buckets, note);
    if (unit === undefined) return this.buckets.unitless;
    const position = this.buckets.dice.position(unit);
    const outcome = position < this.#cut ? this.inside : this.outside;
    if (note !== undefined) this.#explain(subject, outcome, position, unit, note);
    return outcome;
  }

  #explain(subject: Subject, outcome: Outcome, position: number, unit: string, note: Note): void {
    const bucket = asPercentage(position);
    note(
      `${this.percentage} % get ${this.inside.variant}; the bucket is ${bucket} %, so ${outcome.variant} is served.`,
      {
        bucket: {
          unit,
          by: unitKind(subject, this.buckets),
          salt: this.buckets.dice.salt,
          position: bucket,
          cutPoints: [{ variant: this.inside.variant, below: this.percentage }],
        },
      },
    );
  }
}
