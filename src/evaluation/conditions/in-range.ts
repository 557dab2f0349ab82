import { parse, type Range } from 'semver';
import type { Truth } from './truth.js';
import { ElementTest } from './value-test.js';

/** What the versions of one app come to; a visitor may make up any number. */
const MOST_KNOWN = 1000;

/** A version in the given range. Text that is no version cannot be told. */
export class InRange extends ElementTest {
  /** An app meets few versions, so that each is parsed once. */
  readonly #known = new Map<string, Truth>();

  constructor(private readonly range: Range) {
    super();
  }

  text(): string {
    return `be a version ${this.range.raw}`;
  }

  accepts(value: unknown): Truth {
    if (typeof value !== 'string') return undefined;
    if (this.#known.has(value)) return this.#known.get(value);
    const truth = isInRange(value, this.range);
    if (this.#known.size < MOST_KNOWN) this.#known.set(value, truth);
    return truth;
  }
}

function isInRange(text: string, range: Range): Truth {
  // Looked at first, because the library builds an Error for text that is no version.
  const version = VERSION.test(text) ? parse(text) : null;
  return version === null ? undefined : range.test(version);
}

const VERSION =
  /^v?(0|[1-9]\d{0,14})\.(0|[1-9]\d{0,14})\.(0|[1-9]\d{0,14})(-[0-9A-Za-z.-]{1,100})?(\+[0-9A-Za-z.-]{1,100})?$/;
