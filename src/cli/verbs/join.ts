import type { UserId } from '../../evaluation/user-id.js';
import { listing } from '../../runtime/edits.js';
import { authorOf } from '../author.js';
import { writing } from '../on-store.js';
import { WRITE, WRITTEN_SHAPE } from '../options.js';
import { report } from '../report.js';
import type { Verb } from '../verb.js';

export const join: Verb = {
  about: 'put a user on the list of a segment',
  takes: ['<segment> <user>', 2, 2],
  options: WRITE,
  more: WRITTEN_SHAPE,
  run: membership(true),
};

/** What puts users on the list of a segment, or takes them off. */
export function membership(listed: boolean): Verb['run'] {
  return writing(async ({ session, given, paper }) => {
    const [segment = '', user = ''] = given.words;
    report(paper, session, await session.edit(listing(segment, userId(user), listed), authorOf(given)));
  });
}

/** As people write ids in files: `7` and `'7'` are the same user, but one reads better. */
function userId(word: string): UserId {
  return String(Number(word)) === word && Number.isSafeInteger(Number(word)) ? Number(word) : word;
}
