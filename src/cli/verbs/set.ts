import type { FlagInput } from '../../evaluation/definition/schema.js';
import { stillKilled } from '../../runtime/kills.js';
import { recordOf } from '../../stores/content.js';
import type { StoreContent } from '../../stores/store.js';
import { authorOf } from '../author.js';
import { decided } from '../decision.js';
import { definitionGiven } from '../definition-text.js';
import { calledWrongly } from '../exit-codes.js';
import { isFolder, namesMeant } from '../names.js';
import { writing } from '../on-store.js';
import { WRITE, WRITTEN_SHAPE } from '../options.js';
import { noteKilled, report } from '../report.js';
import type { Verb } from '../verb.js';

export const set: Verb = {
  about: 'decide a flag for everyone; a new one is created',
  takes: ['<flag|folder/> [true|false|20%|variant]', 1, 2],
  options: {
    ...WRITE,
    'keep-rules': { type: 'boolean', about: 'let rules go on choosing; only for everyone else it is decided' },
    definition: {
      type: 'string',
      about: 'in place of a value: a whole definition as YAML or JSON; - reads it from the standard input',
    },
  },
  more: `Sets enabled and serve. Rules, lists of users, targets and percentages are dropped; pinned users (overrides), prerequisites and
everything else stay. A killed flag stays killed: only revive ends that. true serves the on variant, also of a flag that is a
class in the app's code; null for serve, in a definition, lets the class decide again.
${WRITTEN_SHAPE}`,
  run: writing(async ({ session, given, paper, terminal }) => {
    const [word = '', value] = given.words;
    const definition = await definitionGiven(given, terminal);
    if ((value === undefined) === (definition === undefined)) {
      throw calledWrongly("It takes a value, e.g. 'true' or '20%', or --definition; not both.");
    }
    const become = (name: string, flag: FlagInput | undefined): FlagInput =>
      definition === undefined
        ? decided(name, flag, value ?? '', given.has('keep-rules'))
        : stillKilled(flag, definition);
    const written = await session.edit(({ flags }) => {
      const names = isFolder(word) ? namesMeant([word], flags) : [word];
      return { flags: Object.fromEntries(names.map((name) => [name, become(name, recordOf(flags, name))])) };
    }, authorOf(given));
    report(paper, session, written);
    noteKilled(paper, setNow(word, session.content));
  }),
};

/** The flags that were meant, as they are now. */
function setNow(word: string, { flags }: StoreContent): StoreContent['flags'] {
  return isFolder(word)
    ? Object.fromEntries(Object.entries(flags).filter(([name]) => name.startsWith(word)))
    : { [word]: recordOf(flags, word) ?? false };
}
