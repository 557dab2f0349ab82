import { difference } from '../between.js';
import { checkEnvironment } from '../environment.js';
import { changeInWords } from '../in-words.js';
import { reading } from '../on-store.js';
import { JSON_OUT, STORE } from '../options.js';
import type { Options, Verb } from '../verb.js';

export const FROM_TO: Options = {
  ...STORE,
  from: { type: 'string', about: 'the environment to compare or copy; has to be given' },
  to: { type: 'string', about: 'the environment it is compared with, or copied to; has to be given' },
  ...JSON_OUT,
};

export const diff: Verb = {
  about: 'show what is different between two environments',
  takes: ['[flag|folder/]…', 0, Number.POSITIVE_INFINITY],
  options: FROM_TO,
  more: `gatekeeper diff --from staging --to production checkout/
Each line tells what would have to become of --to to be like --from.
--json prints { store, from, to, changes: [{ kind, name, before, after }] }; before is in --to, after in --from.`,
  run: reading(async ({ session: { store }, given, paper }) => {
    const [from, to] = [given.required('from'), given.required('to')];
    for (const environment of [from, to]) await checkEnvironment(environment, store);
    const changes = difference(await store.load(from), await store.load(to), given.words);
    paper.tell({ store: store.name, from, to, changes }, () => {
      if (changes.length === 0) paper.line('Nothing is different.');
      for (const change of changes) paper.line(...changeInWords(change));
      paper.line({ text: `What would make ${to} like ${from} in ${store.name}`, style: 'dim' });
    });
  }),
};
