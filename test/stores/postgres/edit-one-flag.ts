import { postgresStore } from '../../../src/stores/postgres/index.js';

/** Run as a process of its own: adds one to a flag as often as told, twice at once, each time from what it has seen. */
const [connectionString, schema, edits] = process.argv.slice(2);
const store = postgresStore({ connectionString, schema });

let left = Number(edits);
await Promise.all(
  Array.from({ length: 2 }, async () => {
    while (left > 0) {
      left -= 1;
      await edit();
    }
  }),
);
await store.close();

async function edit(): Promise<void> {
  for (;;) {
    const { flags, revision } = await store.load('default');
    const change = { flags: { counter: Number(flags['counter'] ?? 0) + 1 } };
    try {
      await store.apply('default', change, { by: String(process.pid), expectedRevision: revision });
      return;
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'CONFLICT')) throw error;
    }
  }
}
