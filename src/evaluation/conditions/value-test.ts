import { oneHolds, type Truth } from './truth.js';

/** Tests one value that is there. */
export interface ValueTest {
  /** What it asks of the value, to complete "it has to …". */
  text(): string;
  passes(value: unknown): Truth;
  /** What it says of a value that is not there; by default that it cannot be told. */
  readonly missing?: Truth;
}

/** A test that a list passes when one of its elements does. */
export abstract class ElementTest implements ValueTest {
  abstract text(): string;

  /** Tests one element, or what is no list. */
  abstract accepts(value: unknown): Truth;

  passes(value: unknown): Truth {
    return Array.isArray(value) ? oneHolds(value, this, accepted) : this.accepts(value);
  }
}

function accepted(element: unknown, test: ElementTest): Truth {
  return test.accepts(element);
}
