import type { ConditionDefinition } from '../definition/condition-schema.js';
import { parseCondition } from '../definition/parse.js';
import type { Place } from '../place.js';
import type { Subject } from '../subject.js';
import { compileCondition, type Names } from './compile-condition.js';
import type { Condition } from './condition.js';
import type { Truth } from './truth.js';

/** A segment that is looked up when it is asked: code lives longer than any state of the definitions. */
class SegmentByName implements Condition {
  constructor(private readonly name: string) {}

  get text(): string {
    return `segment ${this.name}`;
  }

  matches(subject: Subject): Truth {
    return subject.snapshot.segments.get(this.name)?.matches(subject);
  }

  failure(subject: Subject): string {
    return subject.snapshot.segments.get(this.name)?.failure(subject) ?? `there is no segment ${this.name}`;
  }
}

/** Whatever code names is looked up later. */
const LATER: Names = {
  segment: (name) => new SegmentByName(name),
  segments: new Set(),
  variantsOf: () => 'any',
  flags: [],
};

/** The conditions that a flag's code asks, each made ready once. */
export class ConditionsInCode {
  readonly #conditions = new Map<string, Condition>();

  constructor(private readonly place: Place) {}

  /** @throws GatekeeperError for what is no condition */
  of(definition: ConditionDefinition): Condition {
    const key = JSON.stringify(definition);
    let condition = this.#conditions.get(key);
    if (condition === undefined) {
      condition = compileCondition(parseCondition(definition, this.place), this.place, LATER);
      // Code writes down a few conditions; one that is put together anew for each user would fill the memory.
      if (this.#conditions.size < 100) this.#conditions.set(key, condition);
    }
    return condition;
  }
}
