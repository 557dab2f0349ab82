import type { EvaluationDetails } from '../../evaluation/details.js';
import type { VariantSet } from '../../evaluation/variants.js';

/** How many people get a variant. */
export interface VariantCount {
  /** `''`: there is no such flag. */
  readonly variant: string;
  readonly off: boolean;
  /** Whether it was there before, and whether it is afterwards. */
  readonly kind: 'same' | 'new' | 'gone';
  readonly before: number;
  readonly after: number;
  /** The same in percent of all people, to draw. */
  readonly beforeShare: number;
  readonly afterShare: number;
}

interface Served {
  readonly before: Pick<EvaluationDetails, 'variant'>;
  readonly after: Pick<EvaluationDetails, 'variant'>;
}

/** All variants in the order of the flag, those that are gone last. */
export function variantCounts(
  was: VariantSet | undefined,
  is: VariantSet | undefined,
  all: readonly Served[],
): VariantCount[] {
  const names = new Set([...(is?.names ?? ['']), ...(was?.names ?? [''])]);
  const share = (count: number): number => (all.length === 0 ? 0 : Number(((count / all.length) * 100).toFixed(2)));
  return [...names].map((variant) => {
    const before = all.filter((one) => (one.before.variant ?? '') === variant).length;
    const after = all.filter((one) => (one.after.variant ?? '') === variant).length;
    return {
      variant,
      off: variant === (is ?? was)?.off,
      kind: kindOf(variant, was, is),
      before,
      after,
      beforeShare: share(before),
      afterShare: share(after),
    };
  });
}

function kindOf(variant: string, was: VariantSet | undefined, is: VariantSet | undefined): VariantCount['kind'] {
  if (was === undefined || is === undefined || variant === '') return 'same';
  if (!was.has(variant)) return 'new';
  return is.has(variant) ? 'same' : 'gone';
}
