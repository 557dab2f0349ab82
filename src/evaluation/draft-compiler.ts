import { compileBroken, compileFlag, type Shared } from './compile-flag.js';
import type { CompiledFlag } from './compiled-flag.js';
import type { ParsedFlag } from './definition/parse.js';
import type { References } from './definition/references.js';
import type { Draft } from './drafts.js';
import type { Problems } from './problems.js';

/** A flag that is as the layers below its topmost say, and why. */
interface Fallen {
  readonly draft: Draft;
  readonly below: ParsedFlag;
  readonly problem: string;
}

/** Compiles the flags of one snapshot, and falls back to what is below a layer that cannot be used. */
export class DraftCompiler {
  readonly #shared: Shared;
  readonly #references: References;
  readonly #problems: Problems;
  readonly #fallen: Fallen[] = [];

  /** @param references of the flags as their topmost layers have them */
  constructor(shared: Shared, references: References, problems: Problems) {
    this.#shared = shared;
    this.#references = references;
    this.#problems = problems;
  }

  /** @throws GatekeeperError naming place, value and fix, when the topmost layer is not tolerant */
  compile(draft: Draft): CompiledFlag {
    const { name, place, parsed, below, problem, tolerant } = draft;
    if (problem !== undefined) return this.#fallBack(draft, parsed, problem);
    try {
      const circle = this.#references.problemOf('flag', name);
      if (circle !== undefined) throw place.error(circle);
      return compileFlag(draft, this.#shared);
    } catch (error) {
      return this.#fallBack(draft, below, this.#problems.setAside('flag', name, tolerant, error));
    }
  }

  /**
   * What becomes of flags that depend on themselves by what came to light below: that does not count either. Asked once all are
   * compiled, because of flags that fell back together each may be what frees the other.
   */
  untied(): CompiledFlag[] {
    for (const { draft, below } of this.#fallen) this.#references.addFlag(draft.name, below.definition);
    return this.#fallen.flatMap(({ draft, problem }) => {
      if (this.#references.problemOf('flag', draft.name) === undefined) return [];
      this.#references.addFlag(draft.name, {});
      return [this.#withoutData(draft, problem)];
    });
  }

  #fallBack(draft: Draft, below: ParsedFlag | undefined, problem: string): CompiledFlag {
    if (below === undefined) return this.#withoutData(draft, problem);
    try {
      const { name, place, config, shut } = draft;
      const flag = compileBroken({ name, place, config, parsed: below }, this.#shared, problem, shut);
      this.#fallen.push({ draft, below, problem });
      return flag;
    } catch {
      // It may ask for the very segment that is broken.
      return this.#withoutData(draft, problem);
    }
  }

  #withoutData({ name, place, config, shut }: Draft, problem: string): CompiledFlag {
    return compileBroken({ name, place, config }, this.#shared, problem, shut);
  }
}
