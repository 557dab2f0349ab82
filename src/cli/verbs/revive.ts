import { isKilled, shortest } from '../../runtime/kills.js';
import { recordOf } from '../../stores/content.js';
import { authorOf } from '../author.js';
import { namesMeant } from '../names.js';
import { writing } from '../on-store.js';
import { REASON, WRITTEN_SHAPE } from '../options.js';
import { report } from '../report.js';
import type { Verb } from '../verb.js';

export const revive: Verb = {
  about: 'end a kill: flags decide again as they are defined',
  takes: ['<flag|folder/>…', 1, Number.POSITIVE_INFINITY],
  options: REASON,
  more: WRITTEN_SHAPE,
  run: writing(async ({ session, given, paper }) => {
    given.required('reason');
    const written = await session.edit(({ flags }) => {
      const killed = namesMeant(given.words, flags).filter((name) => isKilled(recordOf(flags, name)));
      return { flags: Object.fromEntries(killed.map((name) => [name, revived(recordOf(flags, name))])) };
    }, authorOf(given));
    report(paper, session, written);
  }),
};

function revived(flag: unknown): ReturnType<typeof shortest> {
  const { killed: _killed, ...rest } = flag as Readonly<Record<string, unknown>>;
  return shortest(rest);
}
