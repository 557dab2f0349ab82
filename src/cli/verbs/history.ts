import type { AuditEntry } from '../../stores/audit.js';
import { notThere } from '../exit-codes.js';
import { changeInWords, counted } from '../in-words.js';
import { noFlag } from '../names.js';
import { reading } from '../on-store.js';
import { READ } from '../options.js';
import { textOf } from '../print/styled.js';
import { instantOf } from '../time.js';
import type { Verb } from '../verb.js';

const LIMIT = 20;

export const history: Verb = {
  about: 'show who changed what, when and why, the newest first',
  takes: ['[flag]', 0, 1],
  options: {
    ...READ,
    segment: { type: 'string', about: 'what became of this segment' },
    limit: { type: 'string', about: `how many changes; by default ${LIMIT}` },
    before: { type: 'string', about: 'only changes older than this revision: the last one of the page before' },
  },
  more: '--json prints { store, environment, entries: [{ revision, at, by, comment, changes: [{ kind, name, before, after }] }] }, at in milliseconds.',
  run: reading(async ({ session, given, paper }) => {
    const [flag] = given.words;
    const [segment, limit, before] = [given.text('segment'), given.count('limit') ?? LIMIT, given.count('before')];
    const entries = await session.store.history(session.environment, { flag, segment, limit, before });
    if (entries.length === 0 && before === undefined) await checkThere();
    paper.tell({ ...session.place, entries }, () => {
      if (entries.length === 0) return paper.line('Nothing was changed so far.');
      paper.table(['revision', 'when', 'by', 'what', 'comment'], entries.map(row));
    });

    async function checkThere(): Promise<void> {
      const { flags, segments } = await session.read();
      if (flag !== undefined && !Object.hasOwn(flags, flag)) throw noFlag(flag, flags);
      if (segment !== undefined && !Object.hasOwn(segments, segment))
        throw notThere(`There is no segment '${segment}'.`);
    }
  }),
};

function row({ revision, at, by, comment, changes }: AuditEntry): string[] {
  return [String(revision), instantOf(at), by, changesInWords(changes), comment];
}

/** On one line: the first, and how many there are besides. */
function changesInWords(changes: AuditEntry['changes']): string {
  const [first] = changes;
  if (first === undefined) return '';
  const more = changes.length > 1 ? ` (and ${counted(changes.length - 1, 'more change')})` : '';
  return changeInWords(first).map(textOf).join('') + more;
}
