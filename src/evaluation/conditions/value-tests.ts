import { shown } from '../../errors.js';
import { parseInstant } from '../instants.js';
import { allHold, contrary, type Truth } from './truth.js';
import { ElementTest, type ValueTest } from './value-test.js';
import { wildcard } from './wildcard.js';

export type Scalar = string | number | boolean;

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

export function hasWildcard(value: Scalar): value is string {
  return typeof value === 'string' && value.includes('*');
}

/** Numbers compared with a number. Anything else cannot be told. */
export class Compared extends ElementTest {
  constructor(
    private readonly operator: keyof typeof COMPARISONS,
    private readonly bound: number,
  ) {
    super();
  }

  text(): string {
    return `be ${COMPARISONS[this.operator]} ${this.bound}`;
  }

  accepts(value: unknown): Truth {
    if (typeof value !== 'number' || Number.isNaN(value)) return undefined;
    switch (this.operator) {
      case 'gt':
        return value > this.bound;
      case 'gte':
        return value >= this.bound;
      case 'lt':
        return value < this.bound;
      case 'lte':
        return value <= this.bound;
    }
  }
}

const COMPARISONS = { gt: 'greater than', gte: 'at least', lt: 'less than', lte: 'at most' } as const;

/** Instants compared with an instant: dates, text in ISO 8601, or milliseconds since the epoch. */
export class BeforeOrAfter extends ElementTest {
  readonly #bound: number;

  constructor(
    private readonly operator: 'before' | 'after',
    private readonly instant: string,
  ) {
    super();
    this.#bound = parseInstant(instant, 'UTC');
  }

  text(): string {
    return `be ${this.operator} ${this.instant}`;
  }

  accepts(value: unknown): Truth {
    const instant = instantOf(value);
    if (Number.isNaN(instant)) return undefined;
    return this.operator === 'before' ? instant < this.#bound : instant > this.#bound;
  }
}

function instantOf(value: unknown): number {
  if (value instanceof Date) return value.getTime();
  if (typeof value === 'string') return parseInstant(value, 'UTC');
  return typeof value === 'number' ? value : Number.NaN;
}

/** Text that starts with, ends with or contains one of these; a list contains its elements. */
export class Textual extends ElementTest {
  readonly #needles: readonly string[];

  constructor(
    private readonly operator: keyof typeof RELATIONS,
    needles: string | readonly string[],
  ) {
    super();
    this.#needles = [needles].flat();
  }

  text(): string {
    return `${RELATIONS[this.operator]} ${this.#needles.map(shown).join(' or ')}`;
  }

  override passes(value: unknown): Truth {
    if (this.operator !== 'contains' || !Array.isArray(value)) return super.passes(value);
    for (const needle of this.#needles) if (value.includes(needle)) return true;
    return false;
  }

  accepts(value: unknown): Truth {
    if (typeof value !== 'string') return undefined;
    for (const needle of this.#needles) {
      if (this.operator === 'contains' ? value.includes(needle) : value[this.operator](needle)) return true;
    }
    return false;
  }
}

const RELATIONS = { startsWith: 'start with', endsWith: 'end with', contains: 'contain' } as const;

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
