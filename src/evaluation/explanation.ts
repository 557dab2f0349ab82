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

export interface ExplanationStep {
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

  passed(step: StepName, text: string): void {
    this.steps.push({ step, decided: false, text });
  }

  decided(step: StepName, text: string): void {
    this.steps.push({ step, decided: true, text });
  }
}
