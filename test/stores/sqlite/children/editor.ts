import { sqliteStore } from '../../../../src/stores/sqlite/index.js';

// Adds one to a flag so many times, each time to what it has just seen there; tells how often it was refused.
const [path = '', flag = '', times = ''] = process.argv.slice(2);
const store = sqliteStore(path);
let refused = 0;
for (let done = 0; done < Number(times); ) {
  const { revision, flags } = await store.load('default');
  const next = {
    description: String(Number((flags[flag] as { description?: string } | undefined)?.description ?? 0) + 1),
  };
  try {
    await store.apply('default', { flags: { [flag]: next } }, { by: String(process.pid), expectedRevision: revision });
    done += 1;
  } catch (error) {
    if ((error as { code?: string }).code !== 'CONFLICT') throw error;
    refused += 1;
  }
}
await store.close();
process.stdout.write(`${refused}\n`);
