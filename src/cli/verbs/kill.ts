import { writtenOut } from '../../evaluation/definition/written-out.js';
import { recordOf } from '../../stores/content.js';
import { authorOf } from '../author.js';
import { isFolder, namesMeant } from '../names.js';
import { writing } from '../on-store.js';
import { REASON, WRITTEN_SHAPE } from '../options.js';
import { report } from '../report.js';
import type { Verb } from '../verb.js';

export const kill: Verb = {
  about: 'shut flags at once, for everyone, whatever else is said',
  takes: ['<flag|folder/>…', 1, Number.POSITIVE_INFINITY],
  options: {
    ...REASON,
    'in-code': { type: 'boolean', about: "also a flag of which the store knows nothing: a class in the app's code" },
  },
  more: WRITTEN_SHAPE,
  run: writing(async ({ session, given, paper }) => {
    given.required('reason');
    const written = await session.edit(({ flags }) => {
      const inCode = given.has('in-code')
        ? given.words.filter((word) => !isFolder(word) && !Object.hasOwn(flags, word))
        : [];
      const names = [
        ...namesMeant(
          given.words.filter((word) => !inCode.includes(word)),
          flags,
        ),
        ...inCode,
      ];
      const killed = (name: string) => ({ ...writtenOut(recordOf(flags, name) ?? {}), killed: true });
      return { flags: Object.fromEntries(names.map((name) => [name, killed(name)])) };
    }, authorOf(given));
    report(paper, session, written);
  }),
};
