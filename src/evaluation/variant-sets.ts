import { Place } from './place.js';
import { VariantSet } from './variants.js';

/** Gives flags with the same variants the same set: of ten thousand flags most have one of a few. */
export class VariantSets {
  readonly #sets = new Map<string, VariantSet>();

  /** Of a flag without variants of its own. */
  readonly boolean = new VariantSet({ on: true, off: false }, undefined, new Place('Flag', 'boolean'));

  /** @throws GatekeeperError `INVALID_FLAG` as {@link VariantSet} */
  of(variants: unknown = { on: true, off: false }, off: string | undefined, place: Place): VariantSet {
    const written = JSON.stringify([variants, off]);
    let set = this.#sets.get(written);
    if (set === undefined) {
      set = new VariantSet(variants, off, place);
      this.#sets.set(written, set);
    }
    return set;
  }
}
