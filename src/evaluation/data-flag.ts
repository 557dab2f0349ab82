import type { CompiledFlag } from './compiled-flag.js';
import type { EvaluationContext } from './context.js';
import { evaluate } from './evaluate.js';
import { FeatureFlagConfig } from './flag-config.js';
import type { SnapshotSource } from './snapshot.js';
import { Subject } from './subject.js';

/** A flag that is data, with the face of a flag class. */
export class DataFlag extends FeatureFlagConfig {
  readonly flagName: string;
  readonly variants: Readonly<Record<string, unknown>>;
  override readonly offVariant: string;
  readonly #flag: CompiledFlag;
  readonly #source: SnapshotSource;

  constructor(flag: CompiledFlag, source: SnapshotSource) {
    super();
    this.#flag = flag;
    this.#source = source;
    this.flagName = flag.name;
    this.variants = Object.fromEntries(flag.variants.names.map((name) => [name, flag.variants.value(name)]));
    this.offVariant = flag.variants.off;
    const { description, kind } = flag.definition ?? {};
    if (description !== undefined) Object.assign(this, { description });
    if (kind !== undefined) Object.assign(this, { kind });
  }

  /** What this user would get, without any override of a browser. */
  pickVariant({ userId, attributes }: EvaluationContext): string {
    return evaluate(this.#flag, new Subject(this.#source, userId, attributes)).variant;
  }
}
