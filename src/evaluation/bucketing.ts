import { fmix32, murmur3 } from './hash.js';

const TWO_POW_32 = 2 ** 32;

/** Where the cut of `percentage` (0–100, fractions allowed) falls on the 32-bit line: a position below it is in. */
export function cutPoint(percentage: number): number {
  return Math.round((percentage / 100) * TWO_POW_32);
}

/** One variant's part in a split. */
export interface Share {
  readonly variant: string;
  /** Relative to the other shares; 0 takes nobody. */
  readonly weight: number;
  /** 32 bits, signed: such numbers need no memory of their own. */
  readonly seed: number;
}

/**
 * Who falls where, for one salt. Frozen, and pinned by test/vectors: a change here would move every user of every app.
 *
 * The salt seeds one hash of the unit. A percentage compares that hash with a cut point; a split mixes it anew for each
 * variant, so that being in a rollout says nothing about the variant got.
 */
export class Dice {
  readonly #seed: number;

  constructor(readonly salt: string) {
    this.#seed = murmur3(salt) | 0;
  }

  /** The place of a unit on the 32-bit line. The same for every percentage of one salt: growing it drops nobody. */
  position(unit: string): number {
    return murmur3(unit, this.#seed);
  }

  share(variant: string, weight: number): Share {
    return { variant, weight, seed: murmur3(`${this.salt}\0${variant}`) | 0 };
  }

  /**
   * Weighted rendezvous hashing (Thaler & Ravishankar 1998; weights by Schindelhauer & Schomaker 2005): each variant draws
   * an exponential score with its weight as rate, the smallest wins. Changing one weight moves people only to or from that
   * variant. `undefined` when no weight is above 0.
   */
  winner<S extends Share>(shares: readonly S[], unit: string): S | undefined {
    const position = this.position(unit);
    let best = Number.POSITIVE_INFINITY;
    let winning: S | undefined;
    for (const share of shares) {
      if (!(share.weight > 0)) continue;
      const score = -Math.log((fmix32(position ^ share.seed) + 0.5) / TWO_POW_32) / share.weight;
      if (score < best) {
        best = score;
        winning = share;
      }
    }
    return winning;
  }
}
