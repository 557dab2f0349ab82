import { authorOf } from '../author.js';
import { namesMeant } from '../names.js';
import { writing } from '../on-store.js';
import { WRITE, WRITTEN_SHAPE } from '../options.js';
import { report } from '../report.js';
import type { Verb } from '../verb.js';

export const remove: Verb = {
  about: 'delete flags, or a folder with all in it',
  takes: ['<flag|folder/>…', 1, Number.POSITIVE_INFINITY],
  options: WRITE,
  more: `What was said about a flag that is a class in the app's code is forgotten, a kill too: the class decides again.
${WRITTEN_SHAPE}`,
  run: writing(async ({ session, given, paper }) => {
    const written = await session.edit(
      ({ flags }) => ({ flags: Object.fromEntries(namesMeant(given.words, flags).map((name) => [name, null])) }),
      authorOf(given),
    );
    report(paper, session, written);
  }),
};
