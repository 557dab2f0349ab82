import type { AuditEntry } from '../../stores/audit.js';
import { recordOf } from '../../stores/content.js';
import { flagInWords, stateShown } from '../in-words.js';
import { noFlag } from '../names.js';
import { reading } from '../on-store.js';
import { READ } from '../options.js';
import { yamlOf } from '../print/yaml.js';
import { instantOf } from '../time.js';
import type { Verb } from '../verb.js';

export const get: Verb = {
  about: 'show the definition of a flag',
  takes: ['<flag>', 1, 1],
  options: READ,
  more: '--json prints { store, environment, revision, name, definition, lastChange: { revision, at, by, comment } | null }.',
  run: reading(async ({ session, given, paper }) => {
    const [name = ''] = given.words;
    const { revision, flags } = await session.read();
    const definition = recordOf(flags, name);
    if (definition === undefined) throw noFlag(name, flags);
    const [last] = await session.store.history(session.environment, { flag: name, limit: 1 });
    paper.tell({ ...session.place, revision, name, definition, lastChange: last ? withoutChanges(last) : null }, () => {
      const said = flagInWords(definition);
      paper.line(stateShown(said), said.serves && ` ${said.serves}`);
      paper.text(yamlOf({ [name]: definition }));
      const changed = last ? `, last changed ${instantOf(last.at)} by ${last.by}` : '';
      const text = `Environment ${session.environment} of ${session.store.name}, revision ${revision}${changed}`;
      paper.line({ text, style: 'dim' });
    });
  }),
};

function withoutChanges({ revision, at, by, comment }: AuditEntry): Omit<AuditEntry, 'changes'> {
  return { revision, at, by, comment };
}
