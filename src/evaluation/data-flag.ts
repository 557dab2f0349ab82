import type { CompiledFlag } from './compiled-flag.js';
import type { EvaluationContext } from './context.js';
import { evaluate } from './evaluate.js';
import { FeatureFlagConfig } from './flag-config.js';
import { Subject } from './subject.js';

/** A flag that is data, with the face of a flag class. */
export class DataFlag extends FeatureFlagConfig {
  readonly flagName: string;
  readonly variants: Readonly<Record<string, unknown>>;
  override readonly offVariant: string;
  readonly #flag: CompiledFlag;

  constructor(flag: CompiledFlag) {
    super();
    this.#flag = flag;
    this.flagName = flag.name;
    this.variants = Object.fromEntries(flag.variants.names.map((name) => [name, flag.variants.value(name)]));
    this.offVariant = flag.variants.off;
    if (flag.description !== undefined) Object.assign(this, { description: flag.description });
  }

  /** What this user would get, without any override of a browser. */
  pickVariant({ userId, attributes }: EvaluationContext): string {
    return evaluate(this.#flag, new Subject(userId, attributes)).variant;
  }
}
