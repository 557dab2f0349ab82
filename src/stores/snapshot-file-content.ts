import { readFileSync, rmSync } from 'node:fs';
import { messageOf } from '../errors.js';
import { isPlain } from '../evaluation/json-value.js';
import { isContent, withChange } from './content.js';
import { putInPlace, writeDraft } from './file/replace-file.js';
import type { StoreContent, StoreDelta } from './store.js';

/** How long changes are gathered before the file is written, in milliseconds. */
const GATHER = 50;
const FORMAT = 1;

type Snapshots = Record<string, StoreContent>;

/** The last known content of a store's environments, in a JSON file. */
export class SnapshotFile {
  readonly #path: string;
  readonly #store: string;
  /** What this process has loaded. */
  readonly #fresh = new Map<string, StoreContent>();
  #timer: NodeJS.Timeout | undefined;
  #writing: Promise<void> = Promise.resolve();
  #warned = false;

  /** @param store whose content it is: that of another one is not taken for it */
  constructor(path: string, store: string) {
    this.#path = path;
    this.#store = store;
  }

  /** Whether this process has loaded an environment itself. */
  isFresh(environment: string): boolean {
    return this.#fresh.has(environment);
  }

  /** What the file holds; `undefined` when it is not there, broken, or of another store. */
  read(environment: string): StoreContent | undefined {
    const snapshots = this.#readAll();
    const known = Object.hasOwn(snapshots, environment) ? snapshots[environment] : undefined;
    return known === undefined ? undefined : { ...known, origin: { name: this.#path } };
  }

  keep(environment: string, { revision, flags, segments }: StoreContent): void {
    const before = this.#fresh.get(environment);
    this.#fresh.set(environment, { revision, flags, segments });
    if (before?.revision !== revision) this.#writeSoon();
  }

  /** Takes in what changed since a revision that is kept, or since an older one. */
  merge(environment: string, since: number, delta: StoreDelta): void {
    const before = this.#fresh.get(environment);
    if (before === undefined || since > before.revision || delta.revision <= before.revision) return;
    this.keep(environment, withChange(before, delta, delta.revision));
  }

  /** Writes what is not written yet. */
  async close(): Promise<void> {
    if (this.#timer !== undefined) this.#write();
    await this.#writing;
  }

  #writeSoon(): void {
    this.#timer ??= setTimeout(() => this.#write(), GATHER).unref();
  }

  #write(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#writing = this.#writing.then(() => this.#replace()).catch((error: unknown) => this.#warn(error));
  }

  async #replace(): Promise<void> {
    // Another process may keep other environments in the same file.
    const environments = Object.assign(this.#readAll(), Object.fromEntries(this.#fresh));
    const draft = `${this.#path}.${process.pid}.tmp`;
    try {
      // Definitions may name people.
      await writeDraft(draft, JSON.stringify({ format: FORMAT, store: this.#store, environments }), 0o600);
      await putInPlace(draft, this.#path);
    } catch (error) {
      rmSync(draft, { force: true });
      throw error;
    }
  }

  /** Flags go on being served without it, so it is told once, and not thrown. */
  #warn(error: unknown): void {
    if (this.#warned) return;
    this.#warned = true;
    process.emitWarning(`The last known flags cannot be kept in ${this.#path}: ${messageOf(error)}`, {
      code: 'GATEKEEPER_SNAPSHOT',
    });
  }

  #readAll(): Snapshots {
    const snapshots = Object.create(null) as Snapshots;
    try {
      const content: unknown = JSON.parse(readFileSync(this.#path, 'utf8'));
      if (!isPlain(content) || content['format'] !== FORMAT || content['store'] !== this.#store) return snapshots;
      for (const [environment, known] of Object.entries(content['environments'] ?? {})) {
        if (isContent(known)) snapshots[environment] = known;
      }
    } catch {
      // What cannot be read is no better than nothing.
    }
    return snapshots;
  }
}
