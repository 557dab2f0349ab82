import type { FlagInput } from '../../evaluation/definition/schema.js';
import type { Edit } from '../../runtime/editor.js';
import { stillKilled } from '../../runtime/kills.js';
import { recordOf } from '../../stores/content.js';
import { type FlagsFile, flagsIn, readFlagsFile } from '../../stores/file/flags-file.js';
import type { StoreContent } from '../../stores/store.js';
import { authorOf } from '../author.js';
import { checkFile } from '../check-file.js';
import { writing } from '../on-store.js';
import { WRITE, WRITTEN_SHAPE } from '../options.js';
import { Progress } from '../print/progress.js';
import { noteKilled, report } from '../report.js';
import type { Verb } from '../verb.js';

type Imported = FlagsFile['definitions'];

export const importing: Verb = {
  about: 'take in the flags and segments of a YAML or JSON file',
  takes: ['<file|->', 1, 1],
  options: {
    ...WRITE,
    replace: { type: 'boolean', about: 'also delete the flags and segments that the file does not name' },
  },
  more: `The file holds { flags, segments }, as export prints them; - reads the standard input. Everything is checked before anything is
written, and all of it is one change. A killed flag stays killed unless the file says killed: false.
${WRITTEN_SHAPE}`,
  run: writing(async ({ session, given, paper, terminal }) => {
    const [file = ''] = given.words;
    const progress = new Progress(terminal);
    try {
      await progress.at(`Reading ${file === '-' ? 'the standard input' : file}`);
      const read = file === '-' ? flagsIn(await terminal.input(), 'the standard input') : readFlagsFile(file);
      const count = Object.keys(read.definitions.flags).length;
      await progress.at(`Checking ${count} flags`);
      checkFile(read);
      await progress.at(`Writing ${count} flags to ${session.environment} of ${session.store.name}`);
      const written = await session.edit(taking(read.definitions, given.has('replace')), authorOf(given));
      progress.end();
      report(paper, session, written);
      noteKilled(paper, killedElsewhere(read.definitions, session.content));
    } finally {
      progress.end();
    }
  }),
};

function taking({ flags, segments }: Imported, replace: boolean): Edit {
  return (content) => ({
    flags: {
      ...(replace && gone(content.flags)),
      ...Object.fromEntries(
        Object.entries(flags).map(([name, flag]) => {
          return [name, saysKilled(flag) ? flag : stillKilled(recordOf(content.flags, name), flag)];
        }),
      ),
    },
    segments: { ...(replace && gone(content.segments)), ...segments },
  });
}

/** Of the flags that were taken in, those of which the file did not say that they are killed, as they are now. */
function killedElsewhere(file: Imported, { flags }: StoreContent): StoreContent['flags'] {
  return Object.fromEntries(
    Object.entries(file.flags).flatMap(([name, flag]) => (saysKilled(flag) ? [] : [[name, flags[name] ?? false]])),
  );
}

function saysKilled(flag: FlagInput): boolean {
  return typeof flag === 'object' && 'killed' in flag;
}

function gone(records: object): Record<string, null> {
  return Object.fromEntries(Object.keys(records).map((name) => [name, null]));
}
