import { shown } from '../../errors.js';
import { type CompiledFlag, descriptionOf } from '../../evaluation/compiled-flag.js';
import type { FlagReader } from '../../evaluation/flag-reader.js';
import { type Paged, pageOf } from './paging.js';
import { type Step, stepsOf } from './steps.js';
import { finder, searchOf } from './words.js';

const PER_PAGE = 50;

/** As people sort: `a` beside `A`, `step-2` before `step-10`. */
const { compare } = new Intl.Collator('en', { numeric: true });

/** What somebody gets of one flag, and why. */
interface PersonFlag {
  readonly name: string;
  readonly description: string;
  readonly variant: string;
  readonly off: boolean;
  /** What the variant carries, as JSON; `''` when that says no more than its name. */
  readonly value: string;
  readonly failed: boolean;
  /** Why, in one sentence. */
  readonly why: string;
  readonly steps: readonly Step[];
}

interface PersonFlags {
  readonly q: string;
  /** How many serve something else than the off variant, of all. */
  readonly on: number;
  readonly total: number;
  readonly rows: readonly PersonFlag[];
  readonly paging: Paged<unknown>;
}

/** The flags as somebody gets them; those first that serve something else than the off variant. */
export function personFlags(
  flags: ReadonlyMap<string, CompiledFlag>,
  reader: FlagReader,
  query: URLSearchParams,
): PersonFlags {
  const q = searchOf(query);
  const matches = finder(q);
  const read = [...flags.values()].map((flag) => {
    const variant = reader.ffVariant(flag.name) ?? '';
    return { flag, variant, off: variant === flag.variants.off };
  });
  const found = read
    .filter(({ flag, variant }) => matches(`${flag.name}\n${descriptionOf(flag) ?? ''}\n${variant}`))
    .sort((a, b) => Number(a.off) - Number(b.off) || compare(a.flag.name, b.flag.name));
  const paging = pageOf(found, query, PER_PAGE);
  return {
    q,
    on: read.filter(({ off }) => !off).length,
    total: read.length,
    rows: paging.items.map(({ flag }) => rowOf(flag, reader)),
    paging,
  };
}

function rowOf(flag: CompiledFlag, reader: FlagReader): PersonFlag {
  const explanation = reader.explain(flag.name);
  const { variant, value, reason, text, steps } = explanation;
  return {
    name: flag.name,
    description: descriptionOf(flag) ?? '',
    variant: variant ?? '',
    off: variant === flag.variants.off,
    value: value === variant || typeof value === 'boolean' ? '' : shown(value),
    failed: reason === 'ERROR',
    why: text,
    // No browser is looked at: what it is set to is nobody's but its own.
    steps: stepsOf(
      { ...explanation, steps: steps.filter(({ step }) => step !== 'browserOverride') },
      flag.variants.off,
    ),
  };
}
