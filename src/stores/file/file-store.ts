import { resolve } from 'node:path';
import { GatekeeperError } from '../../errors.js';
import type { FlagStore, Revision, StoreContent } from '../store.js';
import { displayName, readFlagsFile } from './flags-file.js';
import { signatureOf, watchFile } from './watch-file.js';

/** Flags in a YAML or JSON file, read again whenever it changes. */
export class FileStore implements FlagStore {
  readonly name: string;
  readonly sync = { load: (): StoreContent => this.#read() };
  readonly #path: string;
  readonly #stops = new Set<() => void>();
  #revision: Revision = 0;
  #signature = '';

  /** @param path relative to the working directory */
  constructor(path: string) {
    this.#path = resolve(path);
    this.name = displayName(this.#path);
  }

  async load(): Promise<StoreContent> {
    return this.#read();
  }

  watch(_environment: string, onRevision: () => void): () => void {
    const stop = watchFile(this.#path, () => this.#signature, onRevision);
    this.#stops.add(stop);
    return () => {
      stop();
      this.#stops.delete(stop);
    };
  }

  async close(): Promise<void> {
    for (const stop of this.#stops) stop();
    this.#stops.clear();
  }

  #read(): StoreContent {
    // Taken before the file is read: what is written meanwhile is then seen as a change.
    this.#signature = signatureOf(this.#path);
    const { definitions, origin, blank } = readFlagsFile(this.#path);
    if (blank && this.#revision > 0) {
      // More likely a full disk or half a write than the wish to be without any flag, kills included.
      throw new GatekeeperError('INVALID_FILE', `${this.name} is empty; write \`flags: {}\` to have no flags.`);
    }
    this.#revision += 1;
    return { revision: this.#revision, ...definitions, origin };
  }
}
