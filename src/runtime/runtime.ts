import { readFileSync } from 'node:fs';
import { GatekeeperError, messageOf, shown } from '../errors.js';
import { buildSnapshot, type Layer } from '../evaluation/build-snapshot.js';
import type { Definitions } from '../evaluation/definition/schema.js';
import type { Flags } from '../evaluation/flag-config.js';
import type { Snapshot, SnapshotSource } from '../evaluation/snapshot.js';
import { parseJson } from '../overrides/browser-overrides.js';
import { FileStore } from '../stores/file/file-store.js';
import { findFlagsFile } from '../stores/file/flags-file.js';
import { openStore } from '../stores/open-store.js';
import type { FlagStore, StoreContent } from '../stores/store.js';
import { type Change, Changes, changeBetween, type Stored } from './changes.js';
import { Health, type HealthReport } from './health.js';
import { SafeLogger } from './logger.js';
import type { RuntimeOptions } from './options.js';
import { Pins } from './pins.js';
import { registeredFlags } from './registry.js';

/** The long-lived thing behind `gatekeeper()`: it holds the current snapshot and knows where the app runs. */
export class Runtime implements SnapshotSource {
  readonly logger: SafeLogger;
  readonly clock: () => number;
  readonly environment: string;
  readonly appName: string;
  /** Whether `NODE_ENV` is unset, `development` or `test`; any other value is treated as production. Read once. */
  readonly development: boolean;
  readonly #configs: Flags;
  readonly #ownLayers: readonly Layer[];
  readonly #store: FlagStore | undefined;
  readonly #changes: Changes;
  readonly #health: Health;
  readonly #pins = new Pins();
  #stored: Stored;
  #snapshot: Snapshot = { flags: new Map(), segments: new Map(), problems: [], revision: 0 };

  /** @throws GatekeeperError when a flag, a definition or the flags file cannot be used */
  constructor(options: RuntimeOptions) {
    this.logger = new SafeLogger(options.logger ?? console);
    this.clock = options.clock ?? Date.now;
    this.environment = options.environment ?? (process.env['GATEKEEPER_ENV'] || 'default');
    this.appName = options.appName ?? packageName();
    this.development = ['development', 'test', ''].includes(process.env['NODE_ENV'] ?? '');
    this.#changes = new Changes(this.logger);
    this.#health = new Health(this.logger, this.clock);
    this.#configs = options.flags ?? registeredFlags();
    this.#ownLayers = options.definitions
      ? [
          {
            definitions: options.store === undefined ? options.definitions : copied(options.definitions),
            origin: { name: 'definitions' },
            tolerant: false,
          },
        ]
      : [];
    this.#store = storeOf(options);
    const content = this.#store === undefined ? NOTHING : loadedAtOnce(this.#store, this.environment);
    this.#snapshot = this.#build(content);
    this.#stored = storedOf(content);
    this.#store?.watch(this.environment, () => this.#reload());
  }

  get snapshot(): Snapshot {
    return this.#pins.over(this.#snapshot);
  }

  get stale(): boolean {
    return this.#health.stale;
  }

  failed(flag: string, problem: string): void {
    const message = `Flag ${shown(flag)}: ${problem.replace(/[.]$/, '')}. It serves its off variant; this is logged once.`;
    this.logger.once('error', `flag ${flag}`, message);
  }

  unknownFlag(name: string): void {
    if (!this.development) return;
    this.logger.once(
      'warn',
      `unknown ${shown(name)}`,
      `There is no flag ${shown(name)}; it reads as off. Check the spelling.`,
    );
  }

  /** How the flags are: all in use, or some not and why. */
  health(): HealthReport {
    return this.#health.report(this.#snapshot.problems);
  }

  /** Calls `listener` after each change of definitions; returns what takes it off again. */
  on(event: 'change', listener: (change: Change) => void): () => void {
    return this.#changes.on(event, listener);
  }

  /**
   * Fixes flags to variants over everything else, for tests.
   *
   * @returns takes these pins off again
   * @throws GatekeeperError `INVALID_OPTION` for an unknown flag or variant
   */
  pin(variants: Readonly<Record<string, string>>): () => void {
    return this.#pins.add(variants, this.#snapshot);
  }

  async close(): Promise<void> {
    await this.#store?.close();
  }

  #build({ revision, flags, segments, origin }: StoreContent): Snapshot {
    const stored: Layer = { definitions: { flags, segments }, origin, tolerant: true };
    const snapshot = buildSnapshot({ configs: this.#configs, layers: [...this.#ownLayers, stored], revision });
    const known = new Set(this.#snapshot.problems.map(({ message }) => message));
    for (const { message } of snapshot.problems) {
      if (!known.has(message)) this.logger.error(`${message} Until then it is not used.`);
    }
    return snapshot;
  }

  /** What was good stays in use while what is there now is not. */
  #reload(): void {
    if (this.#store?.sync === undefined) return;
    try {
      const content = this.#store.sync.load(this.environment);
      this.#snapshot = this.#build(content);
      const change = changeBetween(this.#stored, content);
      this.#stored = storedOf(content);
      this.#health.well(`The flags in ${this.#store.name} can be read again.`);
      this.#changes.tell(change);
    } catch (error) {
      this.#health.unwell(messageOf(error));
    }
  }
}

const NOTHING: StoreContent = { revision: 0, flags: {}, segments: {}, origin: { name: 'the store' } };

/** What is kept to tell what changed: without the origin, which may hold a whole syntax tree to find its lines. */
function storedOf({ flags, segments }: StoreContent): Stored {
  return { flags, segments };
}

/** Read again at each reload: what the app does to its own objects meanwhile changes no flag. */
function copied(definitions: Definitions): Definitions {
  try {
    return structuredClone(definitions);
  } catch {
    // A function or the like: reading it says where it stands.
    return definitions;
  }
}

function storeOf({ store, definitions }: RuntimeOptions): FlagStore | undefined {
  if (store !== undefined) return openStore(store);
  if (definitions !== undefined) return undefined;
  const file = findFlagsFile(process.cwd());
  return file === undefined ? undefined : new FileStore(file);
}

function loadedAtOnce(store: FlagStore, environment: string): StoreContent {
  if (store.sync !== undefined) return store.sync.load(environment);
  throw new GatekeeperError('INVALID_OPTION', `The store ${store.name} cannot be read at once; use file:….`);
}

function packageName(): string {
  try {
    const content = parseJson(readFileSync('package.json', 'utf8'));
    const name = typeof content === 'object' && content !== null && 'name' in content ? content.name : undefined;
    return typeof name === 'string' ? name : 'app';
  } catch {
    return 'app';
  }
}
