import { shown } from '../../errors.js';
import { type AttributePath, attributeAt, attributePath } from '../attributes.js';
import type { Subject } from '../subject.js';
import type { Condition } from './condition.js';
import type { Truth } from './truth.js';
import type { ValueTest } from './value-test.js';

/** An attribute of the user passes a test. */
export class AttributeTest implements Condition {
  readonly #path: AttributePath;

  constructor(
    private readonly name: string,
    private readonly test: ValueTest,
  ) {
    this.#path = attributePath(name);
  }

  get text(): string {
    return `${this.name} has to ${this.test.text()}`;
  }

  matches(subject: Subject): Truth {
    const value = this.#value(subject);
    return value === undefined || value === null ? this.test.missing : this.test.passes(value);
  }

  failure(subject: Subject): string {
    const value = this.#value(subject);
    if (value === undefined || value === null) return `there is no ${this.name}`;
    return `${this.name} is ${shown(value)}, and it has to ${this.test.text()}`;
  }

  #value(subject: Subject): unknown {
    // The user id is an attribute like others, in the form in which ids are compared.
    if (this.name === 'userId') return subject.userKey;
    return attributeAt(subject.attributes, this.#path);
  }
}
