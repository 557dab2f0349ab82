import { isKilled } from '../../runtime/kills.js';
import type { AuditEntry } from '../../stores/audit.js';

/** A change that somebody has just made, for a note on it. */
export interface Made {
  readonly verb: 'saved' | 'killed' | 'revived' | 'deleted';
  readonly revision: number;
}

/**
 * What a redirect says was just done to a flag. Looked up in the history, not believed: no link can put a word on the page.
 *
 * @param entry the change that `made` names
 */
export function madeOf(entry: AuditEntry | undefined, flag: string, by: string): Made | undefined {
  const change = entry?.changes.find(({ kind, name }) => kind === 'flag' && name === flag);
  if (entry === undefined || change === undefined || entry.by !== by) return undefined;
  const { before, after } = change;
  const [was, is] = [isKilled(before), isKilled(after)];
  const verb = after === null ? 'deleted' : was === is ? 'saved' : is ? 'killed' : 'revived';
  return { verb, revision: entry.revision };
}
