import type { FlagInput } from '../../evaluation/definition/schema.js';

/** Something in a form that cannot be used. */
export interface Problem {
  /** The field it stands in; `''` when it is the definition as a whole. */
  readonly field: string;
  readonly message: string;
}

/** What a form comes to: what its writer meant, or what has to be mended first. */
export type Read<Value = FlagInput> = { readonly definition: Value } | { readonly problems: readonly Problem[] };
