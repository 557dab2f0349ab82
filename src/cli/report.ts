import { isKilled } from '../runtime/kills.js';
import { changeInWords, counted } from './in-words.js';
import type { Paper } from './print/paper.js';
import type { Session, Written } from './session.js';

/** Of a long change people read the beginning. */
const MOST_SHOWN = 40;

/** Tells what a change has changed, and where. */
export function report(paper: Paper, session: Session, written: Written): void {
  if (!paper.forPrograms) tellChanges(paper, written.changes);
  reportShown(paper, session, written);
}

/** The same for people who were shown the changes before they were made. */
export function reportShown(paper: Paper, session: Session, { revision, changes }: Written): void {
  paper.tell({ ...session.place, revision, changes }, () => {
    if (changes.length === 0) paper.line('Nothing is different; nothing was written.');
    paper.line({
      text: `Environment ${session.environment} of ${session.store.name}, revision ${revision}`,
      style: 'dim',
    });
  });
}

export function tellChanges(paper: Paper, changes: Written['changes'], indent = ''): void {
  for (const change of changes.slice(0, MOST_SHOWN)) paper.line(indent, ...changeInWords(change));
  const more = changes.length - MOST_SHOWN;
  if (more > 0) paper.line(`${indent}… and ${counted(more, 'more change')}`);
}

/** Says of which of these flags it does not count what was set, because they are killed. */
export function noteKilled(paper: Paper, flags: Readonly<Record<string, unknown>>): void {
  const killed = Object.keys(flags).filter((name) => isKilled(flags[name]));
  if (killed.length === 0) return;
  const names = killed.slice(0, 5).join(', ') + (killed.length > 5 ? ` and ${killed.length - 5} more` : '');
  const [are, stay] = killed.length === 1 ? ['is', 'stays'] : ['are', 'stay'];
  paper.note(`${names} ${are} killed and ${stay} off for everyone; gatekeeper revive ends that.`);
}
