import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { FlagStore, Revision, StoreContent } from '../store.js';
import { readFlagsFile } from './flags-file.js';

/** How often the file is looked at, in milliseconds. A change is told once two looks see the same: then nobody is writing. */
const LOOK_EVERY = 200;

/**
 * Flags in a YAML or JSON file. It is looked at, rather than subscribed to: that sees edits in place, files put in place
 * by renaming (editors, ConfigMaps) and network drives alike.
 */
export class FileStore implements FlagStore {
  readonly name: string;
  readonly sync = { load: (): StoreContent => this.#read() };
  readonly #path: string;
  readonly #stops = new Set<() => void>();
  #revision: Revision = 0;

  /** @param path relative to the working directory */
  constructor(path: string) {
    this.name = path;
    this.#path = resolve(path);
  }

  async load(): Promise<StoreContent> {
    return this.#read();
  }

  async revision(): Promise<Revision> {
    return this.#revision;
  }

  watch(_environment: string, onRevision: () => void): () => void {
    let told: string | undefined;
    let seen: string | undefined;
    let looking = false;
    const look = async (): Promise<void> => {
      if (looking) return;
      looking = true;
      const now = await signatureOf(this.#path);
      looking = false;
      const steady = now === seen;
      seen = now;
      if (told === undefined) told = now;
      else if (steady && now !== told) {
        told = now;
        onRevision();
      }
    };
    const timer = setInterval(() => void look(), LOOK_EVERY);
    // Watching flags is no reason for a process to stay.
    timer.unref();
    void look();
    const stop = (): void => {
      clearInterval(timer);
      this.#stops.delete(stop);
    };
    this.#stops.add(stop);
    return stop;
  }

  async close(): Promise<void> {
    for (const stop of this.#stops) stop();
  }

  #read(): StoreContent {
    const { definitions, origin } = readFlagsFile(this.#path);
    this.#revision += 1;
    return { revision: this.#revision, ...definitions, origin };
  }
}

/** What changes whenever the file does: which file it is, how long, and when it was written. */
async function signatureOf(path: string): Promise<string> {
  try {
    const { ino, size, mtimeNs, ctimeNs } = await stat(path, { bigint: true });
    return `${ino} ${size} ${mtimeNs} ${ctimeNs}`;
  } catch {
    return 'missing';
  }
}

/** Flags in a YAML or JSON file, read again whenever it changes. */
export function fileStore(path: string): FlagStore {
  return new FileStore(path);
}
