import { messageOf, shown } from '../../errors.js';
import type { Outcome } from '../details.js';
import type { FeatureFlagConfig } from '../flag-config.js';
import { sentence } from '../sentence.js';
import type { Subject } from '../subject.js';
import { abandon, isThenable } from '../thenable.js';
import type { VariantSet } from '../variants.js';
import type { Allocation, Note } from './allocation.js';

/** Whatever the flag's class picks. Its failures end here. */
export class Code implements Allocation {
  /** Kept for whoever wants it explained. */
  #problems: WeakMap<Subject, string> | undefined;

  constructor(
    private readonly config: FeatureFlagConfig,
    private readonly variants: VariantSet,
  ) {}

  decide(subject: Subject, note?: Note): Outcome {
    let outcome = subject.recall(this);
    if (outcome === undefined) {
      outcome = this.#pick(subject);
      subject.remember(this, outcome);
    }
    const problem = this.#problems?.get(subject);
    if (problem === undefined) note?.(`The flag's code picked ${outcome.variant}.`);
    else note?.(`The flag's code fails: ${sentence(problem)} The off variant ${outcome.variant} is served.`);
    return outcome;
  }

  #pick(subject: Subject): Outcome {
    const { context } = subject;
    // The code may ask for other flags, whose buckets are not this one's.
    const outer = context.bucketed;
    context.bucketed = false;
    try {
      const picked: unknown = this.config.pickVariant(context);
      const outcome = this.variants.outcomes(context.bucketed ? 'SPLIT' : 'DEFAULT').get(picked as string);
      if (outcome !== undefined) this.#problems?.delete(subject);
      return outcome ?? this.#failed(subject, whatWasPicked(picked, this.variants));
    } catch (error) {
      return this.#failed(subject, `pickVariant threw: ${messageOf(error)}`);
    } finally {
      context.bucketed = outer;
    }
  }

  #failed(subject: Subject, problem: string): Outcome {
    subject.source.failed(this.config.flagName, problem);
    this.#problems ??= new WeakMap();
    this.#problems.set(subject, problem);
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
