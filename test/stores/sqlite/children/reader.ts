import { sqliteStore } from '../../../../src/stores/sqlite/index.js';

// Reads, then tries to write; tells what came of both. Permissions mean nothing to root: then it goes on as nobody.
const store = sqliteStore(process.argv[2] ?? '');
if (process.getuid?.() === 0) process.setuid?.(65_534);
const told = (answer: unknown): void => {
  process.stdout.write(`${answer instanceof Error ? String(answer) : JSON.stringify(answer)}\n`);
};
await store.load('default').then(({ flags }) => told(flags), told);
await store.apply('default', { flags: { written: true } }, { by: 'a reader' }).then(told, told);
