import { postgresStore } from '../../../src/stores/postgres/index.js';

/** Run as a process of its own: uses a store in every way and, when told so, closes it. Either way nothing keeps it alive. */
const [connectionString, schema, ending] = process.argv.slice(2);
const store = postgresStore({ connectionString, schema });

const told = new Promise<void>((resolve) => {
  store.watch('default', () => resolve());
});
await store.apply('default', { flags: { a: true } }, { by: 'a process' });
await store.load('default');
// Watching does not keep a process; whoever waits for it does.
const waiting = setInterval(() => undefined, 1_000);
await told;
clearInterval(waiting);
if (ending === 'close') {
  await store.close();
  await store.close();
}
process.stdout.write(`done, ${process.getActiveResourcesInfo().filter((each) => each === 'Timeout').length} timers`);
