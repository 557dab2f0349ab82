import { GatekeeperError, shown } from '../errors.js';
import { type Changed, SnapshotBuild } from '../evaluation/build-snapshot.js';
import type { Definitions, SegmentInput } from '../evaluation/definition/schema.js';
import { configsByName, type Layer } from '../evaluation/drafting.js';
import type { FeatureFlagConfig } from '../evaluation/flag-config.js';
import type { Snapshot, SnapshotSource } from '../evaluation/snapshot.js';
import { openStore } from '../stores/open-store.js';
import type { ChangeOptions, FlagStore, Revision, StoreChange, StoreContent } from '../stores/store.js';
import { type Change, Changes } from './changes.js';
import { NOTHING, recordOf, withChange } from './content.js';
import { type Edit, Editor } from './editor.js';
import { Health, type HealthReport } from './health.js';
import { SafeLogger } from './logger.js';
import { checkChangeOptions, type RuntimeOptions } from './options.js';
import { Pins } from './pins.js';
import { registeredFlags } from './registry.js';
import { StoreLink } from './store-link.js';
import { defaultEnvironment, defaultStore, packageName } from './surroundings.js';

const NO_CHANGE: Required<StoreChange> = { flags: {}, segments: {} };

/** What keeps the flags as the store has them, and what changes them there. */
interface Connection {
  readonly link: StoreLink;
  readonly editor: Editor;
}

/** The long-lived thing behind `gatekeeper()`: it holds the current snapshot and knows where the app runs. */
export class Runtime implements SnapshotSource {
  readonly logger: SafeLogger;
  readonly clock: () => number;
  readonly environment: string;
  readonly appName: string;
  /** Whether `NODE_ENV` is unset, `development` or `test`; any other value is treated as production. Read once. */
  readonly development: boolean;
  readonly #configs: ReadonlyMap<string, FeatureFlagConfig>;
  readonly #definitions: Definitions | undefined;
  readonly #changes: Changes;
  readonly #health: Health;
  readonly #pins = new Pins();
  readonly #storeName: string;
  readonly #connection: Connection | undefined;
  /** Whether the store has to be asked before a snapshot is handed out, and can be without waiting. */
  readonly #asksAtOnce: boolean;
  readonly #loadsLater: boolean;
  /** What the current snapshot was built in: the next goes on from there. */
  #basis: SnapshotBuild | undefined;
  #snapshot: Snapshot = { flags: new Map(), segments: new Map(), problems: [], revision: 0 };

  /** @throws GatekeeperError when a flag, a definition or the flags file cannot be used */
  constructor(options: RuntimeOptions) {
    this.logger = new SafeLogger(options.logger ?? console);
    this.clock = options.clock ?? Date.now;
    this.environment = options.environment ?? defaultEnvironment();
    this.appName = options.appName ?? packageName();
    this.development = ['development', 'test', ''].includes(process.env['NODE_ENV'] ?? '');
    this.#changes = new Changes(this.logger);
    this.#health = new Health(this.logger, this.clock);
    this.#configs = configsByName(options.flags ?? registeredFlags());
    this.#definitions = options.store === undefined ? options.definitions : copied(options.definitions);
    const store = storeOf(options);
    this.#storeName = store?.name ?? 'the store';
    this.#asksAtOnce = (options.consistency ?? 'cached') !== 'cached' && store?.sync !== undefined;
    this.#loadsLater = store !== undefined && store.sync === undefined;
    if (store === undefined) this.#snapshot = this.#firstBuild(NOTHING).snapshot;
    // Definitions in code may refer to what the store has, which is not known yet.
    else if (this.#loadsLater) this.#snapshot = this.#nextBuild(NOTHING, NO_CHANGE).snapshot;
    if (store !== undefined) this.#connection = this.#connect(store, options.readyTimeout ?? 2_000);
    this.#connection?.link.start();
  }

  get snapshot(): Snapshot {
    if (this.#asksAtOnce) this.#connection?.link.freshNow();
    return this.#pins.over(this.#snapshot);
  }

  get stale(): boolean {
    return this.#health.stale;
  }

  /** What a request has to wait for before its flags can be read: the first load of the store. */
  get awaited(): Promise<void> | undefined {
    return this.#connection?.link.awaited;
  }

  /** Whether there is a store that takes time to say what is newest. */
  get asksWithDelay(): boolean {
    return this.#loadsLater;
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

  /** @throws GatekeeperError the store was not loaded within `readyTimeout`, with the cause */
  async ready(): Promise<void> {
    await this.#connection?.link.ready();
  }

  /** @throws GatekeeperError the store cannot be read now */
  async fresh(): Promise<void> {
    await this.#connection?.link.fresh();
  }

  /**
   * Changes what the store holds.
   *
   * @returns the revision of the change; the flags of this process are as changed once it resolves
   * @throws ConflictError, GatekeeperError
   */
  async edit(edit: Edit, options: ChangeOptions): Promise<Revision> {
    if (this.#connection === undefined) {
      throw new GatekeeperError(
        'READ_ONLY',
        'There is no store to write to; give one, e.g. gatekeeper({ store: "sqlite:gatekeeper.db" }).',
      );
    }
    checkChangeOptions(options);
    return this.#connection.editor.edit(edit, { at: this.clock(), ...options });
  }

  /** A segment as the app's own code defines it. */
  segmentInCode(name: string): SegmentInput | undefined {
    return recordOf(this.#definitions?.segments ?? {}, name);
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
    await this.#connection?.link.close();
  }

  #connect(store: FlagStore, readyTimeout: number): Connection {
    const { environment } = this;
    const link = new StoreLink({
      store,
      environment,
      health: this.#health,
      readyTimeout,
      use: (content, change) => this.#changed(content, change),
    });
    const editor = new Editor({
      store,
      environment,
      content: () => link.content,
      refresh: () => link.fresh(),
      check: (content, change) => this.#check(content, change),
      wrote: (change, revision) => link.wrote(change, revision),
    });
    return { link, editor };
  }

  /** The first build, in which a mistake of the app's own code is an error; one in the store never is. */
  #firstBuild(content: StoreContent): SnapshotBuild {
    try {
      return new SnapshotBuild(this.#configs, this.#layers(content, false), content.revision);
    } catch (error) {
      if (content === NOTHING) throw error;
      this.#firstBuild(NOTHING);
      return new SnapshotBuild(this.#configs, this.#layers(content), content.revision);
    }
  }

  /** @param change what is different from the content that is in use */
  #nextBuild(content: StoreContent, change: Required<StoreChange>): SnapshotBuild {
    const layers = this.#layers(content);
    // Where there are lines, those of all flags may have moved.
    return this.#basis === undefined || content.origin !== undefined
      ? new SnapshotBuild(this.#configs, layers, content.revision)
      : this.#basis.after(layers, content.revision, namesIn(change));
  }

  #layers({ flags, segments, origin = { name: this.#storeName } }: StoreContent, tolerant = true): Layer[] {
    const stored = { definitions: { flags, segments }, origin, tolerant: true };
    if (this.#definitions === undefined) return [stored];
    return [{ definitions: this.#definitions, origin: { name: 'definitions' }, tolerant }, stored];
  }

  #changed(content: StoreContent, change: Required<StoreChange>): void {
    const isFirst = this.#basis === undefined && !this.#loadsLater;
    const build = isFirst ? this.#firstBuild(content) : this.#nextBuild(content, change);
    const known = new Set(this.#snapshot.problems.map(({ message }) => message));
    for (const { message } of build.snapshot.problems) {
      if (!known.has(message)) this.logger.error(`${message} Until then it is not used.`);
    }
    this.#basis = build;
    this.#snapshot = build.snapshot;
    // A segment that changed changes the flags that ask for it.
    const asking = Object.keys(change.segments).length > 0 ? build.compiled : [];
    this.#changes.tell({ flags: [...new Set([...Object.keys(change.flags), ...asking])], revision: content.revision });
  }

  /** @throws GatekeeperError a flag or segment, changed or not, could not be used afterwards */
  #check(content: StoreContent, change: Required<StoreChange>): void {
    const known = new Set(this.#snapshot.problems.map(({ kind, name }) => `${kind} ${name}`));
    const { problems } = this.#nextBuild(withChange(content, change, content.revision), change).snapshot;
    const problem = problems.find(
      ({ kind, name }) => Object.hasOwn(change[`${kind}s`], name) || !known.has(`${kind} ${name}`),
    );
    if (problem !== undefined)
      throw new GatekeeperError('INVALID_DEFINITION', `${problem.message} Nothing was written.`);
  }
}

function namesIn({ flags, segments }: Required<StoreChange>): Changed {
  return { flags: new Set(Object.keys(flags)), segments: new Set(Object.keys(segments)) };
}

function storeOf({ store, definitions }: RuntimeOptions): FlagStore | undefined {
  const named = store ?? (definitions === undefined ? defaultStore() : undefined);
  return named === undefined ? undefined : openStore(named);
}

/** Read again at each reload: what the app does to its own objects meanwhile changes no flag. */
function copied(definitions: Definitions | undefined): Definitions | undefined {
  try {
    return structuredClone(definitions);
  } catch {
    // A function or the like: reading it says where it stands.
    return definitions;
  }
}
