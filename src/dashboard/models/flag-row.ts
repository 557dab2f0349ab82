import { shown } from '../../errors.js';
import { type CompiledFlag, descriptionOf } from '../../evaluation/compiled-flag.js';
import type { Explanation } from '../../evaluation/explanation.js';
import type { BrowserFlags } from '../answer.js';
import { NOTHING_KNOWN, type Recency } from '../last-changes.js';
import { type Facts, factsOf } from './facts.js';
import { foldersOf } from './folders.js';
import { anchorOf, linkTo, shareQuery } from './links.js';
import { type Moment, momentOf } from './moment.js';
import type { Override } from './override.js';
import { type Staleness, stalenessOf } from './staleness.js';
import { type State, stateOf } from './state.js';
import { type Step, stepsOf } from './steps.js';

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
  /** Leads to the page of this flag. */
  readonly link: string;
  readonly name: string;
  /** The folders with their last slash, `''` for a flag outside folders. */
  readonly folder: string;
  readonly leaf: string;
  readonly description: string;
  readonly facts: Facts;
  readonly state: State;
  readonly stale: Staleness | undefined;
  /** When and by whom it was changed last, as far as that is known. */
  readonly changed: { readonly when: Moment; readonly by: string } | undefined;
  /** Why its definition is not used, `''` where it is, or where {@link why} says so already. */
  readonly problem: string;
  readonly variants: readonly VariantButton[];
  readonly served: string;
  /** What the served variant carries, as JSON; `''` when that says no more than its name. */
  readonly value: string;
  readonly override: string | undefined;
  readonly overridable: boolean;
  /** The flag's code threw, or gave what is none of its variants; or its definition cannot be used. */
  readonly failed: boolean;
  /** Why, in one sentence. */
  readonly why: string;
  readonly steps: readonly Step[];
}

/** What a row depends on besides its flag. */
interface Beholder {
  readonly gk: BrowserFlags;
  readonly overrides: ReadonlyMap<string, Override>;
  readonly recency?: Recency;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

export function flagRow(flag: CompiledFlag, beholder: Beholder): FlagRow {
  const { gk, overrides, recency = NOTHING_KNOWN, now } = beholder;
  const { name, variants, overridable, problem = '' } = flag;
  const explanation = gk.explain(name);
  const override = overrides.get(name)?.variant;
  const served = explanation.variant ?? '';
  const why = explanation.text;
  const folder = foldersOf(name).at(-1) ?? '';
  const last = recency.byFlag.get(name);
  return {
    anchor: anchorOf(name),
    link: linkTo(name),
    name,
    folder,
    leaf: name.slice(folder.length),
    description: descriptionOf(flag) ?? '',
    facts: factsOf(flag, now),
    state: stateOf(flag, now),
    stale: stalenessOf(flag, recency, now),
    changed: last && { when: momentOf(last.at, now), by: last.by },
    problem: why.includes(problem) ? '' : problem,
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
    why,
    steps: stepsOf(explanation, variants.off),
  };
}

function carriedBy({ variant, value }: Explanation): string {
  return value === variant || typeof value === 'boolean' ? '' : shown(value);
}
