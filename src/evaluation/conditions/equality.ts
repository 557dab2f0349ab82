import { shown } from '../../errors.js';
import type { Scalar } from '../definition/condition-schema.js';
import type { Truth } from './truth.js';
import { ElementTest } from './value-test.js';
import { hasWildcard, wildcard } from './wildcard.js';

/** The value equals the given one; nothing in it is a wildcard. */
export class Equals extends ElementTest {
  constructor(private readonly expected: Scalar) {
    super();
  }

  text(): string {
    return `be ${shown(this.expected)}`;
  }

  accepts(value: unknown): Truth {
    return value === this.expected;
  }
}

/** The value is one of a list; nothing in it is a wildcard. */
export class OneOf extends ElementTest {
  readonly #values: ReadonlySet<unknown>;

  constructor(private readonly values: readonly Scalar[]) {
    super();
    this.#values = new Set(values);
  }

  text(): string {
    return this.values.length === 1 ? `be ${shown(this.values[0])}` : `be one of ${shown(this.values)}`;
  }

  accepts(value: unknown): Truth {
    return this.#values.has(value);
  }
}

/** The value is one of a list, or like one of them: in text, `*` stands for anything. */
export class LikeOneOf extends OneOf {
  readonly #patterns: readonly ((text: string) => boolean)[];

  constructor(values: readonly Scalar[]) {
    super(values);
    this.#patterns = values.filter(hasWildcard).map(wildcard);
  }

  override accepts(value: unknown): Truth {
    if (super.accepts(value)) return true;
    if (typeof value === 'string') for (const fits of this.#patterns) if (fits(value)) return true;
    return false;
  }
}
