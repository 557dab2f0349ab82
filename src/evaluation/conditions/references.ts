import type { Subject } from '../subject.js';
import type { Condition, Truth } from './condition.js';

/** The user belongs to one of these segments. */
export class InSegment implements Condition {
  constructor(private readonly names: readonly string[]) {}

  get text(): string {
    return `the user is in ${this.names.length === 1 ? 'segment' : 'one of the segments'} ${this.names.join(', ')}`;
  }

  matches(subject: Subject): Truth {
    let truth: Truth = false;
    for (const name of this.names) {
      const told = subject.snapshot.segments.get(name)?.matches(subject);
      if (told === true) return true;
      if (told === undefined) truth = undefined;
    }
    return truth;
  }

  failure(subject: Subject): string {
    const reasons = this.names.map(
      (name) => subject.snapshot.segments.get(name)?.failure(subject) ?? 'it does not exist',
    );
    return this.names.map((name, index) => `the user is not in ${name} (${reasons[index]})`).join(', and ');
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
