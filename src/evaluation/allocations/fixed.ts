import type { Outcome } from '../details.js';
import type { Subject } from '../subject.js';
import type { Allocation, Note } from './allocation.js';

/** One variant for everybody. */
export class Fixed implements Allocation {
  constructor(
    private readonly outcome: Outcome,
    private readonly why = `Everyone gets ${outcome.variant}.`,
  ) {}

  decide(_subject: Subject, note?: Note): Outcome {
    note?.(this.why);
    return this.outcome;
  }
}
