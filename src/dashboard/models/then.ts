import { shown } from '../../errors.js';
import type { CompiledFlag } from '../../evaluation/compiled-flag.js';
import type { FlagReader } from '../../evaluation/flag-reader.js';
import type { KnownContext, Snapshot } from '../../evaluation/snapshot.js';
import type { PastContent } from '../../runtime/past.js';
import { replay } from '../../runtime/replay.js';
import { recordOf } from '../../stores/content.js';
import type { StoreContent } from '../../stores/store.js';
import { asked } from './asked.js';
import { type Diff, diffOf } from './diff.js';
import { type Step, stepsOf } from './steps.js';

/** More flags than these stand on no page: a name narrows them down. */
const MOST_FLAGS = 200;

/** As people sort: `a` beside `A`, `step-2` before `step-10`. */
const { compare } = new Intl.Collator('en', { numeric: true });

/** The flags of a moment, and of now, for one and the same person. */
export interface Times {
  readonly past: { readonly content: PastContent; readonly snapshot: Snapshot; readonly at: number };
  readonly present: { readonly content: StoreContent; readonly snapshot: Snapshot; readonly at: number };
  readonly context: KnownContext;
}

/** What somebody got of one flag then, and why. */
interface FlagThen {
  readonly name: string;
  /** `''` where there was no such flag. */
  readonly variant: string;
  readonly off: boolean;
  /** What the variant carries, as JSON; `''` when that says no more than its name. */
  readonly value: string;
  readonly failed: boolean;
  readonly why: string;
  readonly steps: readonly Step[];
  /** Whether a class has a say, whose code is that of now. */
  readonly code: boolean;
  /** What it asked about the person that is not known. */
  readonly missing: readonly string[];
  /** What they get now; `''` where there is no such flag. */
  readonly now: string;
  readonly nowWhy: string;
  readonly same: boolean;
  /** What became of its stored definition since. */
  readonly since: Diff;
}

interface RowThen {
  readonly name: string;
  readonly was: string;
  readonly wasOff: boolean;
  readonly now: string;
  readonly nowOff: boolean;
  readonly same: boolean;
}

export function flagThen(name: string, { past, present, context }: Times): FlagThen {
  const watched = asked(context);
  const explained = replay(past.snapshot, watched.context, past.at).explain(name);
  const flag = past.snapshot.flags.get(name);
  const off = flag?.variants.off ?? '';
  const { variant, value, reason, text } = explained;
  // No browser is looked at: what it was set to is written down nowhere.
  const steps = explained.steps.filter(({ step }) => step !== 'browserOverride');
  const today = replay(present.snapshot, context, present.at).explain(name);
  const [was, is] = [recordOf(past.content.flags, name), recordOf(present.content.flags, name)];
  return {
    name,
    variant: variant ?? '',
    off: variant === off,
    value: variant === null || value === variant || typeof value === 'boolean' ? '' : shown(value),
    failed: flag !== undefined && reason === 'ERROR',
    why: text,
    steps: flag === undefined ? [] : stepsOf({ ...explained, steps }, off),
    code: flag?.config !== undefined,
    missing: watched.missing(),
    now: today.variant ?? '',
    nowWhy: today.text,
    same: today.variant === variant,
    since: diffOf(was, is),
  };
}

/** What somebody got of all flags whose name contains a text; those first of which they get something else now. */
export function flagsThen(
  part: string,
  { past, present, context }: Times,
): { rows: RowThen[]; found: number; different: number } {
  const [was, is] = [replay(past.snapshot, context, past.at), replay(present.snapshot, context, present.at)];
  const names = new Set([...past.snapshot.flags.keys(), ...present.snapshot.flags.keys()]);
  const wanted = part.toLowerCase();
  const rows = [...names]
    .filter((name) => name.toLowerCase().includes(wanted))
    .map((name): RowThen => {
      const [before, after] = [
        served(was, past.snapshot.flags.get(name)),
        served(is, present.snapshot.flags.get(name)),
      ];
      return {
        name,
        was: before.variant,
        wasOff: before.off,
        now: after.variant,
        nowOff: after.off,
        same: before.variant === after.variant,
      };
    })
    .sort((a, b) => Number(a.same) - Number(b.same) || Number(a.wasOff) - Number(b.wasOff) || compare(a.name, b.name));
  return {
    rows: rows.slice(0, MOST_FLAGS),
    found: rows.length,
    different: rows.filter(({ same }) => !same).length,
  };
}

function served(
  reader: FlagReader,
  flag: CompiledFlag | undefined,
): { readonly variant: string; readonly off: boolean } {
  if (flag === undefined) return { variant: '', off: true };
  const variant = reader.ffVariant(flag.name) ?? '';
  return { variant, off: variant === flag.variants.off };
}
