import type { CompiledFlag } from '../../evaluation/compiled-flag.js';
import type { Recency } from '../last-changes.js';
import { factsOf } from './facts.js';
import { stateOf } from './state.js';

/** After so long without a difference between people a flag has done its work, in milliseconds. */
const LONG = 90 * 86_400_000;

/** These stay as they are by nature: a switch for emergencies, a right. */
const LASTING: ReadonlySet<string> = new Set(['ops', 'permission']);

/** Why a flag may be taken out of the code: it was meant to be gone, or everyone has got the same for long. */
export interface Staleness {
  readonly expired: boolean;
  /** Since when everyone has got the same, where that is long ago; as a date. */
  readonly same: string;
}

/** @returns `undefined` for a flag that is not stale */
export function stalenessOf(flag: CompiledFlag, { byFlag, from }: Recency, now: number): Staleness | undefined {
  const { past: expired, kind } = factsOf(flag, now);
  const changed = byFlag.get(flag.name)?.at ?? (Number.isFinite(from) ? from : Number.NEGATIVE_INFINITY);
  const since = Math.max(stateOf(flag, now).settledSince, changed);
  const settled = Number.isFinite(since) && now - since >= LONG && !LASTING.has(kind);
  if (!expired && !settled) return undefined;
  return { expired, same: settled ? new Date(since).toISOString().slice(0, 10) : '' };
}
