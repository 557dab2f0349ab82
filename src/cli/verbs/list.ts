import { recordOf } from '../../stores/content.js';
import type { StoreContent } from '../../stores/store.js';
import { counted, flagInWords, segmentInWords, stateShown } from '../in-words.js';
import { namesIn, nonEmpty } from '../names.js';
import { reading } from '../on-store.js';
import { READ } from '../options.js';
import type { Paper } from '../print/paper.js';
import type { Verb } from '../verb.js';

export const list: Verb = {
  about: 'list the flags, or those in a folder',
  takes: ['[folder]', 0, 1],
  options: READ,
  more: '--json prints { store, environment, revision, flags: { name: definition }, segments: { name: definition } }; segments is empty for a folder.',
  run: reading(async ({ session, given, paper }) => {
    const [folder] = given.words;
    const content = await session.read();
    const { revision, flags } = content;
    const names = folder === undefined ? Object.keys(flags).sort() : inFolder(folder, flags);
    const segments = folder === undefined ? content.segments : {};
    const listed = Object.fromEntries(names.map((name) => [name, flags[name]]));
    paper.tell({ ...session.place, revision, flags: listed, segments }, () => {
      showFlags(paper, names, flags);
      showSegments(paper, segments);
      const [many, of] = [
        counted(names.length, 'flag') || 'No flags',
        counted(Object.keys(segments).length, 'segment'),
      ];
      const text = `${many}${of && `, ${of}`} in environment ${session.environment} of ${session.store.name}, revision ${revision}`;
      paper.line({ text, style: 'dim' });
    });
  }),
};

function inFolder(folder: string, flags: StoreContent['flags']): string[] {
  const path = folder.endsWith('/') ? folder : `${folder}/`;
  return nonEmpty(path, namesIn(path, flags));
}

function showFlags(paper: Paper, names: readonly string[], flags: StoreContent['flags']): void {
  if (names.length === 0) return;
  const rows = names.map((name) => {
    const said = flagInWords(recordOf(flags, name) ?? false);
    return [name, stateShown(said), said.serves, said.owner, said.description];
  });
  paper.table(['flag', 'state', 'serves', 'owner', 'description'], rows);
}

function showSegments(paper: Paper, segments: StoreContent['segments']): void {
  const names = Object.keys(segments).sort();
  if (names.length === 0) return;
  paper.line();
  paper.table(
    ['segment', 'users'],
    names.map((name) => [name, segmentInWords(segments[name] ?? [])]),
  );
  paper.line();
}
