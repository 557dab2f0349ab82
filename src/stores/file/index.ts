import { FileStore } from './file-store.js';
import type { FileStoreOptions } from './file-store-options.js';

export type { FileStore } from './file-store.js';
export type { FileStoreOptions } from './file-store-options.js';

/**
 * A store in a YAML or JSON file that people edit too: what changes is written into it, and its comments, its order and its
 * shorthands stay. Beside it `<file>.history.jsonl` keeps who changed what. It holds one set of definitions, whichever environment
 * is asked for.
 *
 * @param path relative to the working directory; the file need not be there yet
 *
 * @example
 * ```ts
 * const gk = gatekeeper({ store: fileStore('flags.yaml') });
 * await gk.update('new_search', { serve: { percentage: 20 } }, { by: 'ann' });
 * ```
 */
export function fileStore(path: string, options?: FileStoreOptions): FileStore {
  return new FileStore(path, options);
}
