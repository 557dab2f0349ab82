import type { Subject } from '../subject.js';
import { type Condition, matches } from './condition.js';
import { allHold, contrary, oneHolds, type Truth } from './truth.js';

/** All of its parts hold. */
export class All implements Condition {
  constructor(private readonly parts: readonly Condition[]) {}

  get text(): string {
    return this.parts.map(({ text }) => text).join(' and ') || 'nothing';
  }

  matches(subject: Subject): Truth {
    return allHold(this.parts, subject, matches);
  }

  failure(subject: Subject): string {
    return this.parts.find((part) => part.matches(subject) !== true)?.failure(subject) ?? this.text;
  }
}

/** One of its parts holds. */
export class Any implements Condition {
  constructor(private readonly parts: readonly Condition[]) {}

  get text(): string {
    return `one of these: ${this.parts.map(({ text }) => text).join('; ')}`;
  }

  matches(subject: Subject): Truth {
    return oneHolds(this.parts, subject, matches);
  }

  failure(subject: Subject): string {
    return this.parts.map((part) => part.failure(subject)).join(', and ');
  }
}

/** The contrary of its part, where that can be told. */
export class Not implements Condition {
  constructor(private readonly part: Condition) {}

  get text(): string {
    return `not (${this.part.text})`;
  }

  matches(subject: Subject): Truth {
    return contrary(this.part.matches(subject));
  }

  failure(subject: Subject): string {
    return this.part.matches(subject) === undefined
      ? this.part.failure(subject)
      : `${this.part.text}, which must not be`;
  }
}

/** Something that is not fit to be asked: whether it holds cannot be told. */
export class Unusable implements Condition {
  constructor(readonly text: string) {}

  matches(): Truth {
    return undefined;
  }

  failure(): string {
    return this.text;
  }
}
