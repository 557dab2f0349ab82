import { shown } from '../errors.js';
import type { CompiledFlag } from './compiled-flag.js';
import type { Attributes } from './context.js';
import { DataFlag } from './data-flag.js';
import { detailsOf, type EvaluationDetails, type Outcome, type Reason } from './details.js';
import { evaluate } from './evaluate.js';
import { type Explanation, Trace } from './explanation.js';
import type { FeatureFlagConfig } from './flag-config.js';
import type { FlagName, FlagValue, Matched, Plain, ReadValue, VariantName } from './register.js';
import type { SnapshotSource } from './snapshot.js';
import { Subject } from './subject.js';
import { type UserId, userKey } from './user-id.js';

/** A flag as it was read. */
export interface FlagRead {
  readonly flag: string;
  readonly variant: string;
  readonly reason: Reason;
  /** Whether it is the off variant. */
  readonly off: boolean;
}

/**
 * Reads flags for one subject. All reads see one snapshot and one moment; a reader lives as long as a request or a job, not
 * longer. No method throws on an unknown flag.
 */
export class FlagReader {
  protected readonly subject: Subject;
  #reads: Map<string, Outcome> | undefined;
  #others: Map<string | undefined, FlagReader> | undefined;

  constructor(subject: Subject) {
    this.subject = subject;
  }

  /** Whom the flags are read for; `undefined` for a visitor who is not logged in. */
  get userId(): UserId | undefined {
    return this.subject.userId;
  }

  /** True when `flag` serves `variant`; false for an unknown flag. */
  ff<F extends FlagName>(flag: F, variant: VariantName<F>): boolean {
    return this.read(flag)?.variant === variant;
  }

  /** The long form of {@link ff}. */
  featureFlag<F extends FlagName>(flag: F, variant: VariantName<F>): boolean {
    return this.ff(flag, variant);
  }

  /** The variant that `flag` serves, `null` for an unknown flag; with `userId`, what that other user would get. */
  ffVariant<F extends FlagName>(flag: F, userId?: UserId): VariantName<F> | null {
    const reader = userId === undefined ? this : this.forUser(userId);
    return (reader.read(flag)?.variant ?? null) as VariantName<F> | null;
  }

  /** The long form of {@link ffVariant}. */
  getFeatureFlagVariant<F extends FlagName>(flag: F, userId?: UserId): VariantName<F> | null {
    return this.ffVariant(flag, userId);
  }

  /** True when the variant is any other than the off variant; false for an unknown flag. */
  isEnabled(flag: FlagName): boolean {
    return this.read(flag)?.off === false;
  }

  /** The value that `flag` serves; `fallback` for an unknown flag or when the value is of another type than `fallback`. */
  value<F extends FlagName, const D extends FlagValue<F>>(flag: F, fallback: D): ReadValue<F, D>;
  value(flag: string, fallback: unknown): unknown {
    const outcome = this.read(flag);
    return outcome !== undefined && sameType(outcome.value, fallback) ? outcome.value : fallback;
  }

  /** Calls the function for the variant that `flag` serves and returns what it returns; `undefined` for an unknown flag. */
  match<F extends FlagName, Given extends Readonly<Record<string, () => R>>, R extends Plain = Plain>(
    flag: F,
    cases: Given & { readonly [V in VariantName<F>]: () => unknown } & {
      readonly [Other in Exclude<keyof Given & string, VariantName<F>>]: never;
    },
  ): Matched<F, Given>;
  match(flag: string, cases: Readonly<Record<string, () => unknown>>): unknown {
    const variant = this.read(flag)?.variant;
    const chosen: unknown = variant !== undefined && Object.hasOwn(cases, variant) && Reflect.get(cases, variant);
    return typeof chosen === 'function' ? chosen() : undefined;
  }

  /** One evaluation in full, for programs. */
  details<F extends FlagName>(flag: F): EvaluationDetails<FlagValue<F>, VariantName<F>> {
    return this.#detailed(flag, this.read(flag)) as EvaluationDetails<FlagValue<F>, VariantName<F>>;
  }

  /** One evaluation in full, with the steps of the order of evaluation that were passed and the one that decided. */
  explain(name: FlagName): Explanation {
    const trace = new Trace();
    const flag = this.subject.snapshot.flags.get(name);
    if (flag === undefined) trace.decided('flag', `There is no flag ${shown(name)}.`);
    const outcome = flag && this.#traced(flag, trace);
    return { ...this.#detailed(name, outcome), steps: trace.steps, text: trace.steps.at(-1)?.text ?? '' };
  }

  /** Flag → variant, for all flags. The record has no prototype: a flag may be named `constructor`. */
  all(): { [F in FlagName]: VariantName<F> };
  all(): Record<string, string> {
    const variants: Record<string, string> = Object.create(null);
    for (const [name, flag] of this.subject.snapshot.flags) variants[name] = this.subject.decide(flag).variant;
    return variants;
  }

  /** Flag → its config; flags that are data have one too. */
  getConfigMap(): Map<FlagName, FeatureFlagConfig> {
    const configs = new Map<string, FeatureFlagConfig>();
    for (const [name, flag] of this.subject.snapshot.flags) {
      configs.set(name, flag.config ?? new DataFlag(flag, this.subject.source));
    }
    return configs as Map<FlagName, FeatureFlagConfig>;
  }

  /** The same flags for somebody else: without this browser's overrides, anonymous id and attributes. */
  forUser(userId: UserId | undefined, attributes?: Attributes): FlagReader {
    if (attributes !== undefined) return this.#readerFor(userId, attributes);
    const key = userKey(userId);
    this.#others ??= new Map();
    let reader = this.#others.get(key);
    if (reader === undefined) {
      reader = this.#readerFor(userId);
      this.#others.set(key, reader);
    }
    return reader;
  }

  /** From now on the flags that are read by name are noted down, for {@link reads}. */
  protected recordReads(): void {
    this.#reads ??= new Map();
  }

  /** The flags noted down, in the order in which they were first read. */
  protected reads(): FlagRead[] {
    return [...(this.#reads ?? [])].map(([flag, { variant, reason, off }]) => ({ flag, variant, reason, off }));
  }

  /** Every read by name comes through here. */
  protected read(name: string): Outcome | undefined {
    const flag = this.subject.snapshot.flags.get(name);
    if (flag === undefined) {
      this.subject.source.unknownFlag(name);
      return undefined;
    }
    const outcome = this.subject.decide(flag);
    this.#reads?.set(name, outcome);
    return outcome;
  }

  /** Somebody else, in the same surroundings. */
  protected otherSubject(source: SnapshotSource, userId: UserId | undefined, attributes?: Attributes): Subject {
    return new Subject(source, userId, attributes);
  }

  #traced(flag: CompiledFlag, trace: Trace): Outcome {
    trace.passed('flag', 'The flag is known.');
    const now = evaluate(flag, this.subject, trace);
    const outcome = this.subject.decide(flag);
    if (outcome !== now) {
      trace.overrule(
        'allocation',
        `It was decided as ${outcome.variant} before more was known of the user, and stays so.`,
      );
    }
    return outcome;
  }

  #readerFor(userId: UserId | undefined, attributes?: Attributes): FlagReader {
    const { source, snapshot, now } = this.subject;
    const sameMoment: SnapshotSource = {
      snapshot,
      stale: source.stale,
      clock: () => now,
      failed: (flag, problem) => source.failed(flag, problem),
      unknownFlag: (name) => source.unknownFlag(name),
    };
    return new FlagReader(this.otherSubject(sameMoment, userId, attributes));
  }

  #detailed(name: string, outcome: Outcome | undefined): EvaluationDetails {
    return detailsOf(name, outcome, { revision: this.subject.snapshot.revision, stale: this.subject.source.stale });
  }
}

function sameType(value: unknown, fallback: unknown): boolean {
  if (fallback === undefined || fallback === null) return true;
  return typeof value === typeof fallback && value !== null && Array.isArray(value) === Array.isArray(fallback);
}
