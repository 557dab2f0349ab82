import type { Outcome } from '../details.js';
import { minute } from '../instants.js';
import type { Subject } from '../subject.js';
import type { Allocation, Note } from './allocation.js';

/** One variant between two instants, the off variant before and after. */
export class TimeWindow implements Allocation {
  /**
   * @param from the first millisecond in it
   * @param until the first millisecond after it
   */
  constructor(
    readonly from: number,
    readonly until: number,
    readonly inside: Outcome,
    private readonly outside: Outcome,
  ) {}

  decide(subject: Subject, note?: Note): Outcome {
    const { now } = subject;
    const outcome = now >= this.from && now < this.until ? this.inside : this.outside;
    note?.(`${this.inside.variant} is served ${this.#span()}; it is ${minute(now)}, so ${outcome.variant} is served.`);
    return outcome;
  }

  #span(): string {
    const from = Number.isFinite(this.from) ? `from ${minute(this.from)} ` : '';
    const until = Number.isFinite(this.until) ? `until ${minute(this.until)}` : '';
    return `${from}${until}`.trim();
  }
}
