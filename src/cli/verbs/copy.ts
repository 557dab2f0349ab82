import { changesOf, realChange } from '../../runtime/content.js';
import { copying, killedInOne } from '../../runtime/copying.js';
import { authorOf } from '../author.js';
import { selected } from '../between.js';
import { checkEnvironment } from '../environment.js';
import { calledWrongly } from '../exit-codes.js';
import { type Desk, writing } from '../on-store.js';
import { AUTHOR, COMMENT, WRITTEN_SHAPE } from '../options.js';
import { reportShown, tellChanges } from '../report.js';
import type { Written } from '../session.js';
import type { Verb } from '../verb.js';
import { FROM_TO } from './diff.js';

export const copy: Verb = {
  about: 'copy flags from one environment to another, the difference shown first',
  takes: ['[flag|folder/]…', 0, Number.POSITIVE_INFINITY],
  options: {
    ...FROM_TO,
    yes: { type: 'boolean', about: 'do not ask; has to be given where nobody can answer' },
    ...AUTHOR,
    ...COMMENT,
  },
  more: `gatekeeper copy --from staging --to production checkout/
Without a name all flags and segments are copied. What only --to has stays. A kill is neither copied nor ended.
${WRITTEN_SHAPE} environment is --to.`,
  run: writing(async (desk) => {
    const { session, given, paper } = desk;
    const [from, to] = [given.required('from'), given.required('to')];
    if (from === to) throw calledWrongly(`--from and --to are both ${from}; there is nothing to copy.`);
    await checkEnvironment(from, session.store);
    const [source, target] = [await session.store.load(from), await session.read()];
    const selection = selected(source, given.words);
    const change = copying(source, target, selection);
    const changes = changesOf(target, realChange(target, change));
    for (const name of killedInOne(source, target, Object.keys(change.flags))) {
      paper.note(`${name} is killed in one of ${from} and ${to} only; a kill is not copied.`);
    }
    if (changes.length > 0 && !(await agreed(desk, changes))) return paper.note('Nothing was copied.');
    const { by, comment = `copied from ${from}`, expectedRevision = target.revision } = authorOf(given);
    // What was shown is what is written, or nothing.
    const author = { by, comment, expectedRevision };
    const written = await session.edit((content) => copying(source, content, selection), author);
    reportShown(paper, session, written);
  }),
};

/** Shows what is about to be written, and asks. */
async function agreed({ given, paper, terminal, session }: Desk, changes: Written['changes']): Promise<boolean> {
  if (!paper.forPrograms) tellChanges(paper, changes);
  if (given.has('yes')) return true;
  if (terminal.ask === undefined || paper.forPrograms) {
    throw calledWrongly('Nobody can be asked here: add --yes to write this.');
  }
  return /^y(es)?$/i.test((await terminal.ask(`Write this to ${session.environment}? [y/N] `)).trim());
}
