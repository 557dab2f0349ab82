import { parseInstant } from '../instants.js';
import type { Truth } from './truth.js';
import { ElementTest } from './value-test.js';

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
