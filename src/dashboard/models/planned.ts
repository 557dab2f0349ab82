import { createHash } from 'node:crypto';
import type { Snapshot } from '../../evaluation/snapshot.js';
import { isKilled } from '../../runtime/kills.js';
import type { RecentContext } from '../../runtime/recent-contexts.js';
import type { RecordChange } from '../../stores/audit.js';
import { type Effect, effectOf } from './effect.js';
import { type RecordRow, recordRow } from './record-row.js';

/** How many records are shown with their differences. */
const MOST_SHOWN = 40;
/** Of how many flags it is told who gets what; of others only when somebody gets something else. */
const MOST_NAMED = 10;
const MOST_OTHERS = 20;

/** A change of many records that nobody has made yet. */
export interface Planned {
  readonly records: readonly RecordRow[];
  /** How many more there are than are shown. */
  readonly more: number;
  readonly total: number;
  readonly effect: Effect;
  /** How many other flags are served otherwise beside those that the effect tells of. */
  readonly moreOthers: number;
  /** Stands for the change as it is shown: what is written later is this, or nothing. */
  readonly digest: string;
  /** Why it would be refused; `''` for nothing. */
  readonly problem: string;
  /** Whether it kills or revives, which takes a right of its own. */
  readonly kills: boolean;
}

interface Plan {
  readonly changes: readonly RecordChange[];
  readonly preview: { readonly before: Snapshot; readonly after: Snapshot; readonly problem: string | undefined };
  readonly contexts: readonly RecentContext[];
  /** Milliseconds since the epoch. */
  readonly now: number;
}

export function plannedChange({ changes, preview, contexts, now }: Plan): Planned {
  const { before, after, problem = '' } = preview;
  const shown = changes.slice(0, MOST_SHOWN);
  const flags = changes.filter(({ kind }) => kind === 'flag').slice(0, MOST_NAMED);
  const effect = effectOf(
    before,
    after,
    flags.map(({ name }) => name),
    contexts,
    now,
  );
  return {
    records: shown.map(recordRow),
    more: changes.length - shown.length,
    total: changes.length,
    effect: { ...effect, others: effect.others.slice(0, MOST_OTHERS) },
    moreOthers: Math.max(0, effect.others.length - MOST_OTHERS),
    digest: digestOf(changes),
    problem,
    kills: changes.some((change) => isKilled(change.before) !== isKilled(change.after)),
  };
}

function digestOf(changes: readonly RecordChange[]): string {
  const hash = createHash('sha256');
  for (const { kind, name, before, after } of changes) hash.update(JSON.stringify([kind, name, before, after]));
  return hash.digest('base64url');
}
