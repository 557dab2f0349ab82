import type { FlagInput } from '../../evaluation/definition/schema.js';
import type { Administration } from '../../runtime/administration.js';
import { asKilledAs } from '../../runtime/kills.js';
import type { AuditEntry } from '../../stores/audit.js';
import { recordOf } from '../../stores/content.js';
import type { Revision } from '../../stores/store.js';
import { yamlOf } from '../editing/yaml-definition.js';
import { type Diff, diffOf } from './diff.js';
import { type Moment, momentOf } from './moment.js';
import { type Proposal, proposalOf } from './proposal.js';

/** How many changes by others are told one by one. */
const MOST_TOLD = 10;
/** How many are read at once. */
const PAGE = 100;

/** A change that somebody else made meanwhile. */
interface Meanwhile {
  readonly revision: Revision;
  readonly when: Moment;
  readonly by: string;
  readonly comment: string;
}

/** Two changes of one flag, made from the same state of it. */
export interface Conflict {
  readonly name: string;
  /** What was seen, and what is there now. */
  readonly seen: Revision;
  readonly revision: Revision;
  /** Who changed it meanwhile, the latest first. */
  readonly entries: readonly Meanwhile[];
  /** How many more did. */
  readonly more: number;
  readonly theirs: Diff;
  readonly yours: Diff;
  /** The whole of yours, as text. */
  readonly yaml: string;
  /** Whether the flag is gone now. */
  readonly gone: boolean;
  readonly proposal: Proposal;
}

interface Made {
  readonly name: string;
  readonly definition: FlagInput;
  /** The revision that was looked at. */
  readonly seen: Revision;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** What became of a flag after a revision, the latest first. */
export async function changesSince(
  administration: Administration,
  name: string,
  revision: Revision,
): Promise<readonly AuditEntry[]> {
  const since: AuditEntry[] = [];
  let before: Revision | undefined;
  for (;;) {
    const entries = await administration.history({ flag: name, before, limit: PAGE });
    const newer = entries.filter((entry) => entry.revision > revision);
    since.push(...newer);
    before = newer.at(-1)?.revision;
    if (newer.length < PAGE) return since;
  }
}

/** @param since what became of the flag meanwhile, the latest first */
export function conflictOf(since: readonly AuditEntry[], { name, definition, seen, now }: Made): Conflict {
  const flagOf = (entry: AuditEntry | undefined) =>
    entry?.changes.find((change) => change.kind === 'flag' && change.name === name);
  const base = (flagOf(since.at(-1))?.before ?? null) as FlagInput | null;
  const theirs = (flagOf(since[0])?.after ?? null) as FlagInput | null;
  // Killed meanwhile, it stays killed: that is not what the two are about.
  const yours = asKilledAs(base, definition);
  return {
    name,
    seen,
    revision: since[0]?.revision ?? seen,
    entries: since.slice(0, MOST_TOLD).map(({ revision, at, by, comment }) => ({
      revision,
      when: momentOf(at, now),
      by,
      comment,
    })),
    more: Math.max(0, since.length - MOST_TOLD),
    theirs: diffOf(base, theirs),
    yours: diffOf(base, yours),
    yaml: yamlOf(yours),
    gone: theirs === null,
    proposal: proposalOf(base, theirs, yours),
  };
}

/** Whether what is stored is just this. */
export function isStored(administration: Administration, name: string, definition: FlagInput): boolean {
  const there = recordOf(administration.content.flags, name);
  return there !== undefined && diffOf(there, asKilledAs(there, definition)).kind === 'same';
}
