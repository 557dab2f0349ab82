import type { CompiledFlag } from './compiled-flag.js';
import type { EvaluationContext } from './context.js';
import { evaluate } from './evaluate.js';
import { FeatureFlagConfig } from './flag-config.js';
import type { SnapshotSource } from './snapshot.js';
import { Subject } from './subject.js';
import type { Variants } from './variants.js';

/** A flag that is data, with the face of a flag class. */
export class DataFlag extends FeatureFlagConfig {
  readonly flagName: string;
  readonly variants: Variants;
  override readonly offVariant: string;
  readonly #flag: CompiledFlag;
  readonly #source: SnapshotSource;

  constructor(flag: CompiledFlag, source: SnapshotSource) {
    super();
    this.#flag = flag;
    this.#source = source;
    this.flagName = flag.name;
    const { names } = flag.variants;
    const plain = names.every((name) => flag.variants.value(name) === name);
    this.variants = plain ? names : Object.fromEntries(names.map((name) => [name, flag.variants.value(name)]));
    this.offVariant = flag.variants.off;
    const { description, kind } = flag.about ?? {};
    if (description !== undefined) Object.assign(this, { description });
    if (kind !== undefined) Object.assign(this, { kind });
  }

  /** As listed: the keys of a record would put numbers first. */
  override getVariants(): string[] {
    return [...this.#flag.variants.names];
  }

  /** What this user would get, without any override of a browser. */
  pickVariant({ userId, attributes }: EvaluationContext): string {
    return evaluate(this.#flag, new Subject(this.#source, userId, attributes)).variant;
  }
}
