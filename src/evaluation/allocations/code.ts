import { messageOf, shown } from '../../errors.js';
import type { Outcome } from '../details.js';
import type { FeatureFlagConfig } from '../flag-config.js';
import type { Subject } from '../subject.js';
import { abandon, isThenable } from '../thenable.js';
import type { VariantSet } from '../variants.js';
import type { Allocation, Note } from './allocation.js';

/** Told of a failure of a flag's own code. */
export type Report = (problem: string, error?: unknown) => void;

/** Whatever the flag's class picks. Its failures end here. */
export class Code implements Allocation {
  constructor(
    private readonly config: FeatureFlagConfig,
    private readonly variants: VariantSet,
    private readonly report: Report,
  ) {}

  decide(subject: Subject, note?: Note): Outcome {
    const { context } = subject;
    context.bucketed = false;
    let picked: unknown;
    try {
      picked = this.config.pickVariant(context);
    } catch (error) {
      return this.#failed(`pickVariant threw: ${messageOf(error)}`, note, error);
    }
    const outcome = this.variants.outcomes(context.bucketed ? 'SPLIT' : 'DEFAULT').get(picked as string);
    if (outcome === undefined) return this.#failed(whatWasPicked(picked, this.variants), note);
    note?.(`The flag's code picked ${outcome.variant}.`);
    return outcome;
  }

  #failed(problem: string, note?: Note, error?: unknown): Outcome {
    this.report(problem, error);
    note?.(`${problem}. The off variant ${this.variants.off} is served.`);
    return this.variants.failed;
  }
}

function whatWasPicked(picked: unknown, variants: VariantSet): string {
  if (isThenable(picked)) {
    abandon(picked);
    return 'pickVariant returned a promise; it must decide synchronously — load what it needs in `attributes(req)`';
  }
  return `pickVariant returned ${shown(picked)}, which is not one of ${variants}`;
}
