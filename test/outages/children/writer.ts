import { writeSync } from 'node:fs';
import { gatekeeper } from '../../../src/index.js';
import { given } from './settings.js';
import { storeOf } from './store-of.js';

// Writes until it is killed, and tells of each change that was acknowledged: which turn it was, and its revision.
const { store, name } = given<{ readonly name: string }>();
const gk = gatekeeper({ flags: [], store: storeOf(store) });
for (let turn = 1; ; turn += 1) {
  const flag = turn % 2 === 0 ? 'shared' : `of/${name}`;
  const revision = await gk.update(flag, { description: `${name} ${turn}` }, { by: name, comment: String(turn) });
  writeSync(1, `${turn} ${revision}\n`);
}
