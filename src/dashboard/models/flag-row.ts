import { type CompiledFlag, descriptionOf } from '../../evaluation/compiled-flag.js';
import type { Explanation, StepName } from '../../evaluation/explanation.js';
import { anchorOf, shareQuery } from './links.js';

interface VariantButton {
  readonly name: string;
  /** What this browser gets. */
  readonly served: boolean;
  readonly off: boolean;
  /** What this browser is set to; not served all the same when the flag is killed. */
  readonly override: boolean;
  /** The query of the page that offers this variant to somebody else. */
  readonly share: string;
}

/** One flag, as a page shows it to one browser. */
interface FlagRow {
  readonly anchor: string;
  readonly name: string;
  /** The folders with their last slash, `''` for a flag outside folders. */
  readonly folder: string;
  readonly leaf: string;
  readonly description: string;
  readonly variants: readonly VariantButton[];
  readonly served: string;
  /** What the served variant carries, as JSON; `''` when that says no more than its name. */
  readonly value: string;
  readonly override: string | undefined;
  readonly overridable: boolean;
  /** The flag's code threw, or gave what is none of its variants. */
  readonly failed: boolean;
  /** Why, in one sentence. */
  readonly why: string;
  readonly steps: readonly { readonly title: string; readonly decided: boolean; readonly text: string }[];
}

const STEP_TITLES: Readonly<Record<StepName, string>> = {
  flag: 'Flag',
  kill: 'Kill switch',
  browserOverride: 'Browser override',
  userOverride: 'User override',
  enabled: 'On or off',
  prerequisites: 'Prerequisites',
  rules: 'Rules',
  allocation: 'Choice',
};

export function flagRow(flag: CompiledFlag, explanation: Explanation, override: string | undefined): FlagRow {
  const { name, variants, overridable } = flag;
  const description = descriptionOf(flag) ?? '';
  const served = explanation.variant ?? '';
  const slash = name.lastIndexOf('/', name.length - 2) + 1;
  return {
    anchor: anchorOf(name),
    name,
    folder: name.slice(0, slash),
    leaf: name.slice(slash),
    description,
    variants: variants.names.map((variant) => ({
      name: variant,
      served: variant === served,
      off: variant === variants.off,
      override: variant === override,
      share: shareQuery(name, variant),
    })),
    served,
    value: carriedBy(explanation),
    override,
    overridable,
    failed: explanation.reason === 'ERROR',
    why: explanation.text,
    steps: explanation.steps.map(({ step, decided, text }) => ({ title: STEP_TITLES[step], decided, text })),
  };
}

function carriedBy({ variant, value }: Explanation): string {
  return value === variant || typeof value === 'boolean' ? '' : (JSON.stringify(value) ?? '');
}
