import type { ConditionDefinition } from '../definition/condition-schema.js';
import type { Place } from '../place.js';
import { compileCondition, type Names } from './compile-condition.js';
import type { Condition } from './condition.js';

/** The conditions of one set of definitions. Those that are written alike are one: of ten thousand flags many ask the same. */
export class SharedConditions {
  readonly #conditions = new Map<string, Condition>();

  constructor(readonly names: Names) {}

  /** @throws GatekeeperError `INVALID_DEFINITION` naming place, value and fix */
  of(definition: ConditionDefinition, place: Place): Condition {
    // Lists of users are long, and seldom alike.
    if (Array.isArray(definition['userId'])) return compileCondition(definition, place, this.names);
    const written = JSON.stringify(definition);
    let condition = this.#conditions.get(written);
    if (condition === undefined) {
      condition = compileCondition(definition, place, this.names);
      this.#conditions.set(written, condition);
    }
    return condition;
  }
}
