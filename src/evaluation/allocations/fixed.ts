import type { Outcome } from '../details.js';
import type { Subject } from '../subject.js';
import type { Allocation, Note } from './allocation.js';

/** One variant for everybody. */
export class Fixed implements Allocation {
  constructor(
    readonly outcome: Outcome,
    private readonly why?: string,
  ) {}

  decide(_subject: Subject, note?: Note): Outcome {
    note?.(this.why ?? `It serves ${this.outcome.variant}.`);
    return this.outcome;
  }
}
