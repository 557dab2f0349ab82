import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { GatekeeperError } from '../../errors.js';
import { type AuditEntry, type HistoryQuery, recordsOf } from '../audit.js';
import type { ChangeOptions, FlagStore, Revision, StoreChange, StoreContent } from '../store.js';
import { unreadable } from './file-failure.js';
import { type FileState, readSteadily, stateOf } from './file-state.js';
import { checkedOptions, type FileStoreOptions } from './file-store-options.js';
import { blank, displayName, readFlagsFile } from './flags-file.js';
import { pageOf } from './journal-page.js';
import { signatureOf, watchFile } from './watch-file.js';
import { writeFlags } from './write-flags.js';

/** What this process last saw of the file. */
interface Seen {
  readonly signature: string;
  readonly identity: string;
  readonly revision: Revision;
}

/** Flags in a YAML or JSON file: read again whenever it changes, by whomever, and written with all that people wrote into it. */
export class FileStore implements FlagStore {
  readonly name: string;
  readonly sync = {
    load: (_environment?: string): StoreContent => this.#load(),
    revision: (_environment?: string): Revision => this.#revision(),
  };
  readonly #path: string;
  readonly #options: ReturnType<typeof checkedOptions>;
  readonly #watchers = new Map<(revision?: Revision) => void, () => void>();
  #seen: Seen = { signature: '', identity: '', revision: 0 };
  /** The signature when it was last read: what differs from it is told to whoever begins to watch. */
  #looked = '';
  #loaded = false;
  #existed = false;
  #writing: Promise<unknown> = Promise.resolve();
  #closed = false;

  /** @param path relative to the working directory */
  constructor(path: string, options: FileStoreOptions = {}) {
    this.#options = checkedOptions(path, options);
    this.#path = resolve(path);
    this.name = displayName(this.#path);
  }

  async load(_environment?: string): Promise<StoreContent> {
    return this.#load();
  }

  async revision(_environment?: string): Promise<Revision> {
    return this.#revision();
  }

  async apply(_environment: string, change: StoreChange, options: ChangeOptions): Promise<Revision> {
    this.#assertOpen();
    if (this.#options.readOnly) {
      throw new GatekeeperError(
        'READ_ONLY',
        `${this.name} was opened with readOnly: true; leave that out to change flags from here.`,
      );
    }
    // What is kept is not what the caller holds.
    const records = recordsOf(structuredClone(change));
    if (records.length === 0) return this.#revision();
    const turn = this.#writing.then(() =>
      writeFlags({
        path: this.#path,
        name: this.name,
        records,
        options,
        revisionOf: (state) => this.#revisionOf(state),
      }),
    );
    this.#writing = turn.catch(() => undefined);
    const { revision, identity } = await turn;
    if (revision > this.#seen.revision) this.#seen = { signature: '', identity, revision };
    for (const tell of this.#watchers.keys()) tell(revision);
    return revision;
  }

  async history(_environment: string, query: HistoryQuery = {}): Promise<readonly AuditEntry[]> {
    this.#assertOpen();
    return this.#read((state) => pageOf(state, query)).content;
  }

  watch(_environment: string, onRevision: (revision?: Revision) => void): () => void {
    const tell = (revision?: Revision): void => onRevision(revision);
    this.#watchers.set(
      tell,
      watchFile(
        this.#path,
        this.#looked,
        () => this.#isOurs(),
        () => tell(),
      ),
    );
    return () => {
      this.#watchers.get(tell)?.();
      this.#watchers.delete(tell);
    };
  }

  async close(): Promise<void> {
    this.#closed = true;
    for (const stop of this.#watchers.values()) stop();
    this.#watchers.clear();
    await this.#writing;
  }

  #load(): StoreContent {
    this.#assertOpen();
    this.#looked = signatureOf(this.#path);
    const { content, signature } = this.#read((state) => ({
      state,
      file: this.#isNew(state) ? undefined : readFlagsFile(this.#path),
    }));
    const { state, file } = content;
    if (file?.blank && (this.#loaded || state.last !== undefined)) throw blank(this.name);
    this.#looked = signature;
    this.#loaded = true;
    const revision = this.#saw(state, signature);
    return file === undefined
      ? { revision, flags: {}, segments: {} }
      : { revision, ...file.definitions, origin: file.origin };
  }

  #revision(): Revision {
    this.#assertOpen();
    // One look at the file, most of the time: this may be asked for once per request.
    if (signatureOf(this.#path) === this.#seen.signature) return this.#seen.revision;
    const { content, signature } = this.#read((state) => state);
    return this.#saw(content, signature);
  }

  #read<Content>(read: (state: FileState) => Content): { content: Content; signature: string } {
    try {
      return readSteadily(this.#path, () => read(stateOf(this.#path)));
    } catch (error) {
      throw unreadable(this.name, error);
    }
  }

  #saw(state: FileState, signature: string): Revision {
    const revision = this.#revisionOf(state);
    this.#seen = { signature, identity: state.identity, revision };
    return revision;
  }

  /** What the state says; but what is new is never told to be older, should clocks have been set back. */
  #revisionOf({ identity, revision, stats }: FileState): Revision {
    const { revision: known, identity: seen } = this.#seen;
    this.#existed ||= stats !== undefined;
    const least = identity === seen || seen === '' ? known : known + 1;
    return Math.max(revision, least, this.#existed ? 1 : 0);
  }

  /** Whether the file is yet to be created. One that was there is missed, and without its folder it is misspelt. */
  #isNew(state: FileState): boolean {
    return this.#revisionOf(state) === 0 && this.#options.create && existsSync(dirname(state.target));
  }

  /** Whether what is there was written by a store, this one or another. */
  #isOurs(): boolean {
    try {
      const { settled, stats } = stateOf(this.#path);
      return settled && stats !== undefined;
    } catch {
      return false;
    }
  }

  #assertOpen(): void {
    if (this.#closed) throw new GatekeeperError('STORE_FAILED', `The store ${this.name} is closed.`);
  }
}
