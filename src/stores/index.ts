export { openStore } from './open-store.js';
export { readOnly } from './read-only.js';
export { withSnapshotFile } from './snapshot-file.js';
export type { FlagStore } from './store.js';
