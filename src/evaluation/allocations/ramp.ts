import { cutPoint } from '../bucketing.js';
import type { Outcome } from '../details.js';
import { minute } from '../instants.js';
import type { Subject } from '../subject.js';
import type { Allocation, Note } from './allocation.js';
import { asPercentage, type Buckets, unitIn, unitKind } from './bucketed.js';

/** From an instant on, a percentage. */
export interface RampStep {
  /** Milliseconds since the epoch. */
  readonly from: number;
  readonly percentage: number;
}

interface RampStepCut extends RampStep {
  readonly cut: number;
}

/** A percentage that follows the clock, step by step. Nobody has to write anything for it to go on. */
export class Ramp implements Allocation {
  readonly steps: readonly RampStepCut[];

  /** @param steps in the order of time */
  constructor(
    steps: readonly RampStep[],
    readonly inside: Outcome,
    private readonly outside: Outcome,
    private readonly buckets: Buckets,
  ) {
    this.steps = steps.map((step) => ({ ...step, cut: cutPoint(step.percentage) }));
  }

  decide(subject: Subject, note?: Note): Outcome {
    const step = this.stepAt(subject.now);
    if (step === undefined || step.percentage === 0) {
      note?.(`The ramp ${step === undefined ? 'has not begun' : 'is at 0 %'}, so ${this.outside.variant} is served.`);
      return this.outside;
    }
    if (step.percentage === 100) {
      note?.(`The ramp is at 100 %: everyone gets ${this.inside.variant}.`);
      return this.inside;
    }
    const unit = unitIn(subject, this.buckets, note);
    if (unit === undefined) return this.buckets.unitless;
    const position = this.buckets.dice.position(unit);
    const outcome = position < step.cut ? this.inside : this.outside;
    if (note !== undefined) this.#explain(subject, outcome, step, position, unit, note);
    return outcome;
  }

  /** `undefined` before it begins. */
  stepAt(now: number): RampStepCut | undefined {
    let current: RampStepCut | undefined;
    for (const step of this.steps) {
      if (step.from > now) break;
      current = step;
    }
    return current;
  }

  #explain(subject: Subject, outcome: Outcome, step: RampStep, position: number, unit: string, note: Note): void {
    const bucket = asPercentage(position);
    note(
      `The ramp is at ${step.percentage} % since ${minute(step.from)}; the bucket is ${bucket} %, so ${outcome.variant} is served.`,
      {
        bucket: {
          unit,
          by: unitKind(subject, this.buckets),
          salt: this.buckets.dice.salt,
          position: bucket,
          cutPoints: [{ variant: this.inside.variant, below: step.percentage }],
        },
      },
    );
  }
}
