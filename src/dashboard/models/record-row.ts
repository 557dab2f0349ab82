import { isKilled } from '../../runtime/kills.js';
import type { RecordChange, RecordKind } from '../../stores/audit.js';
import { type Diff, diffOf } from './diff.js';

/** More lines than these are folded away at first. */
const MOST_OPEN = 16;

/** What became of one flag or segment, or would become of it. */
export interface RecordRow {
  readonly kind: RecordKind;
  readonly name: string;
  /** Leads to the flag; `''` for a segment. */
  readonly link: string;
  readonly verb: Verb;
  readonly diff: Diff;
  /** Whether it is unfolded from the start. */
  readonly open: boolean;
}

type Verb = 'created' | 'deleted' | 'killed' | 'revived' | 'changed' | 'unchanged';

export function recordRow({ kind, name, before, after }: RecordChange): RecordRow {
  const diff = diffOf(before, after);
  return {
    kind,
    name,
    link: flagLink(kind, name),
    verb: verbOf(before, after, diff),
    diff,
    open: diff.added + diff.removed <= MOST_OPEN,
  };
}

export function flagLink(kind: RecordKind, name: string): string {
  return kind === 'flag' ? `flag?${new URLSearchParams({ name })}` : '';
}

function verbOf(before: unknown, after: unknown, { kind }: Diff): Verb {
  if (before === null) return 'created';
  if (after === null) return 'deleted';
  if (isKilled(before) !== isKilled(after)) return isKilled(after) ? 'killed' : 'revived';
  return kind === 'same' ? 'unchanged' : 'changed';
}
