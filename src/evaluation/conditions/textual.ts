import { shown } from '../../errors.js';
import type { Truth } from './truth.js';
import { ElementTest } from './value-test.js';

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
