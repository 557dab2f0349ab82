/**
 * Why a variant was served. The reasons of the OpenFeature specification (section 1.4.7, "resolution reason"), and two of
 * ours: `OVERRIDE` and `PREREQUISITE_FAILED`.
 */
export type Reason =
  | 'STATIC'
  | 'DEFAULT'
  | 'TARGETING_MATCH'
  | 'SPLIT'
  | 'DISABLED'
  | 'OVERRIDE'
  | 'PREREQUISITE_FAILED'
  | 'ERROR';

/** What went wrong, in OpenFeature's words (specification section 1.7, "error code"). */
export type ErrorCode = 'FLAG_NOT_FOUND' | 'TYPE_MISMATCH' | 'PARSE_ERROR' | 'GENERAL';

/** One evaluation in full. */
export interface EvaluationDetails<Value = unknown, Variant extends string = string> {
  readonly flag: string;
  /** The name of the outcome; `null` when the flag is unknown. */
  readonly variant: Variant | null;
  /** What the variant carries: its own name unless the flag gives it a value; `undefined` when the flag is unknown. */
  readonly value: Value | undefined;
  readonly reason: Reason;
  /** The rule that decided, when one did. */
  readonly ruleName?: string;
  /** Present when the evaluation went wrong. */
  readonly errorCode?: ErrorCode;
  /** The number of the change that the flags in use came with. */
  readonly revision: number;
  /** True while the flags in use may be behind the store. */
  readonly stale: boolean;
}

/**
 * What deciding about one flag comes to. Made once, when flags are compiled, and handed out by reference, so that an
 * evaluation allocates nothing.
 */
export class Outcome {
  constructor(
    readonly variant: string,
    readonly value: unknown,
    readonly reason: Reason,
    /** Whether it is the off variant. */
    readonly off: boolean,
    readonly ruleName?: string,
    readonly errorCode?: ErrorCode,
  ) {}
}

/** Puts an outcome (`undefined`: unknown flag) into the form handed to people and programs. */
export function detailsOf(
  flag: string,
  outcome: Outcome | undefined,
  state: { readonly revision: number; readonly stale: boolean },
): EvaluationDetails {
  const { revision, stale } = state;
  if (outcome === undefined) {
    return { flag, variant: null, value: undefined, reason: 'ERROR', errorCode: 'FLAG_NOT_FOUND', revision, stale };
  }
  const { variant, value, reason, ruleName, errorCode } = outcome;
  return {
    flag,
    variant,
    value,
    reason,
    ...(ruleName === undefined ? {} : { ruleName }),
    ...(errorCode === undefined ? {} : { errorCode }),
    revision,
    stale,
  };
}
