import type { Subject } from '../subject.js';
import type { Condition } from './condition.js';
import { oneHolds, type Truth } from './truth.js';

/** A segment, by its name. */
export interface NamedCondition {
  readonly name: string;
  readonly condition: Condition;
}

function belongs({ condition }: NamedCondition, subject: Subject): Truth {
  return condition.matches(subject);
}

/** The user belongs to one of these segments. */
export class InSegment implements Condition {
  constructor(private readonly segments: readonly NamedCondition[]) {}

  get text(): string {
    const names = this.segments.map(({ name }) => name);
    return `the user is in ${names.length === 1 ? 'segment' : 'one of the segments'} ${names.join(', ')}`;
  }

  matches(subject: Subject): Truth {
    return oneHolds(this.segments, subject, belongs);
  }

  failure(subject: Subject): string {
    return this.segments
      .map(({ name, condition }) => `the user is not in ${name} (${condition.failure(subject)})`)
      .join(', and ');
  }
}

/** Another flag serves one of these variants to the same user. */
export class FlagServes implements Condition {
  constructor(
    readonly flag: string,
    readonly variants: readonly string[],
  ) {}

  get text(): string {
    return `flag ${this.flag} serves ${this.variants.join(' or ')}`;
  }

  matches(subject: Subject): Truth {
    const variant = subject.variantOf(this.flag);
    return variant === undefined ? undefined : this.variants.includes(variant);
  }

  failure(subject: Subject): string {
    return `flag ${this.flag} serves ${subject.variantOf(this.flag) ?? 'nothing, as it does not exist'}, not ${this.variants.join(' or ')}`;
  }
}
