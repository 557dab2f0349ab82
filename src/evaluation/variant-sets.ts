import type { Place } from './place.js';
import { VariantSet } from './variants.js';

/** Gives flags with the same variants the same set: of ten thousand flags most have one of a few. */
export class VariantSets {
  readonly #sets = new Map<string, VariantSet>();

  /** @throws GatekeeperError `INVALID_FLAG` as {@link VariantSet} */
  of(variants: unknown, off: string | undefined, place: Place): VariantSet {
    const key = JSON.stringify([variants, off]);
    let set = this.#sets.get(key);
    if (set === undefined) {
      set = new VariantSet(variants, off, place);
      this.#sets.set(key, set);
    }
    return set;
  }
}
