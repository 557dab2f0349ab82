import { GatekeeperError, shown } from '../errors.js';
import { Fixed } from '../evaluation/allocations/fixed.js';
import type { CompiledFlag } from '../evaluation/compiled-flag.js';
import type { Snapshot } from '../evaluation/snapshot.js';

/** Flags fixed to variants whatever else is said about them: what tests of an app ask for. */
export class Pins {
  readonly #pins = new Set<ReadonlyMap<string, string>>();
  #pinned: Snapshot | undefined;
  #base: Snapshot | undefined;

  /** @throws GatekeeperError `INVALID_OPTION` for an unknown flag or variant */
  add(variants: Readonly<Record<string, string>>, snapshot: Snapshot): () => void {
    const pins = new Map(Object.entries(variants));
    for (const [name, variant] of pins) check(name, variant, snapshot);
    this.#pins.add(pins);
    this.#base = undefined;
    return () => {
      this.#pins.delete(pins);
      this.#base = undefined;
    };
  }

  /** The snapshot with what is pinned put over it; later pins win. */
  over(snapshot: Snapshot): Snapshot {
    if (this.#pins.size === 0) return snapshot;
    if (this.#pinned === undefined || this.#base !== snapshot) {
      this.#base = snapshot;
      const flags = new Map(snapshot.flags);
      for (const pins of this.#pins) {
        for (const [name, variant] of pins) {
          const flag = snapshot.flags.get(name);
          if (flag?.variants.has(variant)) flags.set(name, pinned(flag, variant));
        }
      }
      this.#pinned = { ...snapshot, flags };
    }
    return this.#pinned;
  }
}

function pinned(flag: CompiledFlag, variant: string): CompiledFlag {
  const outcome = flag.variants.outcome(variant, 'OVERRIDE');
  return {
    ...flag,
    killed: false,
    enabled: true,
    overridable: false,
    userOverrides: undefined,
    prerequisites: undefined,
    rules: [],
    allocation: new Fixed(outcome),
    constant: outcome,
  };
}

function check(name: string, variant: unknown, { flags }: Snapshot): void {
  const flag = flags.get(name);
  if (flag === undefined) {
    throw new GatekeeperError(
      'INVALID_OPTION',
      `overrideFlags() was given the flag ${shown(name)}, which does not exist; there are ${[...flags.keys()].slice(0, 20).join(', ') || 'none'}.`,
    );
  }
  if (!flag.variants.has(variant)) {
    throw new GatekeeperError(
      'INVALID_OPTION',
      `overrideFlags() was given ${shown(variant)} for flag ${shown(name)}, which is not one of its variants ${flag.variants}.`,
    );
  }
}
