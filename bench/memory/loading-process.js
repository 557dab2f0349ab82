import { mixedFlags, VISITORS } from '../flags/apps.js';
import { libraryNamed } from '../libraries/libraries.js';
import { flagsFor } from '../measure/prepare.js';
import { contextFor } from '../workloads/oracles.js';
import { heapKept } from './heap.js';

/*
 * Loads many flags in a process that has loaded none before, as an app does when it starts; then as many others, to see what
 * these take once everything that loading itself needs is there.
 */
const [name = '', count = ''] = process.argv.slice(2);
const library = libraryNamed(name);
const definitions = (/** @type {string} */ prefix) =>
  library.definitions(flagsFor(library, mixedFlags(Number(count), prefix)));

const first = definitions('first');
const start = performance.now();
const loaded = await library.load(first);
const [user] = VISITORS;
if (user !== undefined) await loaded.isOn(contextFor(loaded, user), 'first_0');
const milliseconds = performance.now() - start;

/** @type {string | undefined} */
let text = definitions('second');
const { length } = text;
const before = heapKept() - length;
const kept = await library.load(text);
text = undefined;
const bytesPerFlag = (heapKept() - before) / Number(count);

process.send?.({ milliseconds, bytesPerFlag });
await loaded.close?.();
await kept.close?.();
process.disconnect();
process.exit();
