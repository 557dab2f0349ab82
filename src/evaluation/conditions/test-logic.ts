import { allHold, contrary, type Truth } from './truth.js';
import type { ValueTest } from './value-test.js';

/** The attribute is there, or is not. */
export class Exists implements ValueTest {
  readonly missing: Truth;

  constructor(private readonly expected: boolean) {
    this.missing = !expected;
  }

  text(): string {
    return this.expected ? 'exist' : 'be missing';
  }

  passes(): Truth {
    return this.expected;
  }
}

/** The contrary of a test, where it can be told. */
export class Contrary implements ValueTest {
  readonly missing: Truth;

  constructor(private readonly test: ValueTest) {
    this.missing = contrary(test.missing);
  }

  text(): string {
    return `not ${this.test.text()}`;
  }

  passes(value: unknown): Truth {
    return contrary(this.test.passes(value));
  }
}

/** All of several tests. */
export class EveryTest implements ValueTest {
  readonly missing: Truth;

  constructor(private readonly tests: readonly ValueTest[]) {
    this.missing = allHold(tests, undefined, (test) => test.missing);
  }

  text(): string {
    return this.tests.map((test) => test.text()).join(' and ');
  }

  passes(value: unknown): Truth {
    return allHold(this.tests, value, passed);
  }
}

function passed(test: ValueTest, value: unknown): Truth {
  return test.passes(value);
}
