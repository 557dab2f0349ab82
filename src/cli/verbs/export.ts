import { namesIn, nonEmpty } from '../names.js';
import { reading } from '../on-store.js';
import { READ } from '../options.js';
import { yamlOf } from '../print/yaml.js';
import type { Verb } from '../verb.js';

export const exporting: Verb = {
  about: 'print all flags and segments as a file that import reads',
  takes: ['[folder/]', 0, 1],
  options: { ...READ, json: { type: 'boolean', about: 'print JSON; otherwise it is YAML' } },
  more: `gatekeeper export > flags.yaml
--json prints { flags: { name: definition }, segments: { name: definition } }; segments is empty for a folder.`,
  run: reading(async ({ session, given, paper }) => {
    const [word] = given.words;
    const { flags, segments } = await session.read();
    const folder = word === undefined || word.endsWith('/') ? word : `${word}/`;
    const names = folder === undefined ? Object.keys(flags).sort() : nonEmpty(folder, namesIn(folder, flags));
    const exported = {
      flags: Object.fromEntries(names.map((name) => [name, flags[name]])),
      segments: folder === undefined ? segments : {},
    };
    paper.tell(exported, () => paper.text(yamlOf(exported)));
  }),
};
