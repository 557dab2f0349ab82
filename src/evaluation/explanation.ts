import type { EvaluationDetails } from './details.js';

/** The steps of the order of evaluation, in their order. */
export type StepName =
  | 'flag'
  | 'kill'
  | 'browserOverride'
  | 'userOverride'
  | 'enabled'
  | 'prerequisites'
  | 'rules'
  | 'allocation';

/** How a bucket decided. */
export interface BucketEvidence {
  /** What was hashed. */
  readonly unit: string;
  /** What kind of thing the unit is: `userId`, `anonymousId`, `sessionId` or an attribute. */
  readonly by: string;
  readonly salt: string;
  /** Where the unit fell, 0–100. */
  readonly position: number;
  /** Positions below the cut get the variant. */
  readonly cutPoints?: readonly { readonly variant: string; readonly below: number }[];
  /** The relative weights of a split. */
  readonly weights?: readonly { readonly variant: string; readonly weight: number }[];
}

/** What a step was decided by, for programs. */
export interface Evidence {
  /** The rule it is about. */
  readonly rule?: string;
  /** The part of a condition that does not hold. */
  readonly failed?: string;
  readonly bucket?: BucketEvidence;
}

/** One step of the order of evaluation, and what was found there. */
export interface ExplanationStep extends Evidence {
  readonly step: StepName;
  /** True for the one step that settled it, which is the last. */
  readonly decided: boolean;
  /** What was found there, as a sentence. */
  readonly text: string;
}

/** Why a flag is what it is: the details, and the steps that were passed on the way to the one that decided. */
export interface Explanation extends EvaluationDetails {
  readonly steps: readonly ExplanationStep[];
  /** The deciding step's sentence. */
  readonly text: string;
}

/** Notes taken during one evaluation that somebody wants explained. */
export class Trace {
  readonly steps: ExplanationStep[] = [];

  passed(step: StepName, text: string, evidence?: Evidence): void {
    this.steps.push({ step, decided: false, text, ...evidence });
  }

  /** What seemed to decide did not: something else did. */
  overrule(step: StepName, text: string): void {
    const last = this.steps.pop();
    if (last !== undefined) this.steps.push({ ...last, decided: false });
    this.decided(step, text);
  }

  decided(step: StepName, text: string, evidence?: Evidence): void {
    this.steps.push({ step, decided: true, text, ...evidence });
  }
}
