import { ConflictError } from '../../../src/stores/conflict-error.js';
import { fileStore } from '../../../src/stores/file/index.js';

// A process that writes a file of flags until it is done or killed. Each change that was acknowledged is told in a line.
const [path = '', who = '', count = ''] = process.argv.slice(2);
const store = fileStore(path);

/** Adds one to a flag; tries anew when somebody else was faster. */
async function increment(): Promise<number> {
  for (;;) {
    const { revision, flags } = await store.load('default');
    try {
      const value = Number(flags['counter'] ?? 0) + 1;
      const change = { flags: { counter: value, [who]: value } };
      await store.apply('default', change, { by: who, expectedRevision: revision });
      return value;
    } catch (error) {
      if (!(error instanceof ConflictError)) throw error;
    }
  }
}

process.stdout.write('ready\n');
for (let done = 0; done < Number(count); done += 1) process.stdout.write(`${await increment()}\n`);
await store.close();
