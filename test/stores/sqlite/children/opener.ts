import { sqliteStore } from '../../../../src/stores/sqlite/index.js';

// Waits to be told, so that several begin at once; then makes one change in a database that may have no tables yet.
const [path = '', name = ''] = process.argv.slice(2);
process.stdout.write('ready\n');
process.stdin.once('data', () => {
  const store = sqliteStore(path);
  const told = (answer: unknown): void => {
    process.stdout.write(`${String(answer)}\n`);
    process.stdin.destroy();
  };
  store
    .apply('default', { flags: { [name]: true } }, { by: name })
    .then(told, told)
    .finally(() => store.close());
});
