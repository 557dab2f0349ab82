import { writeSync } from 'node:fs';
import { sqliteStore } from '../../../../src/stores/sqlite/index.js';

// Writes until it is killed, and tells of each change that was acknowledged: what it was, and its revision.
const [path = '', name = ''] = process.argv.slice(2);
const store = sqliteStore(path);
for (let turn = 1; ; turn += 1) {
  const flags = { shared: { tags: [name, String(turn)] }, [`of/${name}`]: turn };
  const segments = { [name]: [turn] };
  const revision = await store.apply('default', { flags, segments }, { by: name, comment: String(turn) });
  writeSync(1, `${turn} ${revision}\n`);
}
