import type { Explanation, ExplanationStep, StepName } from '../../evaluation/explanation.js';
import { type Bucket, bucketOf } from './bucket.js';

/** One step of the order of evaluation, as a page shows it. */
export interface Step {
  readonly title: string;
  /** The name of the rule it is about, `''` for the other steps. */
  readonly rule: string;
  readonly decided: boolean;
  readonly text: string;
  readonly bucket: Bucket | undefined;
}

const TITLES: Readonly<Record<StepName, string>> = {
  flag: 'Flag',
  kill: 'Kill switch',
  browserOverride: 'Browser override',
  userOverride: 'User override',
  enabled: 'On or off',
  prerequisites: 'Prerequisites',
  rules: 'Rule',
  allocation: 'Choice',
};

/** @param off the flag's off variant */
export function stepsOf({ steps, variant }: Explanation, off: string): Step[] {
  return steps.map((step) => ({
    title: TITLES[step.step],
    rule: step.rule ?? '',
    decided: step.decided,
    text: textOf(step),
    bucket: step.bucket && bucketOf(step.bucket, variant ?? '', off),
  }));
}

/** A rule's name stands beside it: of one that does not match only the part that fails is left to say. */
function textOf({ rule, failed, text }: ExplanationStep): string {
  return rule === undefined || failed === undefined ? text : `No match: ${failed}.`;
}
