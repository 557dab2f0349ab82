import { LIMITS } from '../../evaluation/definition/limits.js';
import type { Revision } from '../../stores/store.js';
import type { Redirect } from '../answer.js';

/** What is wrong with what somebody says about a change. */
export function commentProblem(comment: string): string | undefined {
  if (comment === '') return 'Say why, in a few words: it goes into the history.';
  return comment.length > LIMITS.text ? `There is room for ${LIMITS.text} characters.` : undefined;
}

/** To the flag, with a note on the change that was just made to it. */
export function toFlag(name: string, made: Revision): Redirect {
  return { redirect: `flag?${new URLSearchParams({ name, made: String(made) })}` };
}
