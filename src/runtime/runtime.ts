import { GatekeeperError, shown } from '../errors.js';
import type { Definitions, SegmentInput } from '../evaluation/definition/schema.js';
import { sentence } from '../evaluation/sentence.js';
import type { Seen, Snapshot, SnapshotSource } from '../evaluation/snapshot.js';
import { openStore } from '../stores/open-store.js';
import type { ChangeOptions, FlagStore, Revision, StoreChange, StoreContent } from '../stores/store.js';
import { Administration } from './administration.js';
import { type Change, Changes } from './changes.js';
import { Compiler } from './compiler.js';
import { NOTHING } from './content.js';
import type { Edit } from './editor.js';
import { Health, type HealthReport } from './health.js';
import { SafeLogger } from './logger.js';
import type { RuntimeOptions } from './options.js';
import { Pins } from './pins.js';
import { RecentContexts } from './recent-contexts.js';
import { registeredFlags } from './registry.js';
import { StoreLink } from './store-link.js';
import { defaultEnvironment, defaultStore, packageName } from './surroundings.js';

const NO_CHANGE: Required<StoreChange> = { flags: {}, segments: {} };

/** The long-lived thing behind `gatekeeper()`: it holds the current snapshot and knows where the app runs. */
export class Runtime implements SnapshotSource {
  readonly logger: SafeLogger;
  readonly clock: () => number;
  readonly environment: string;
  readonly appName: string;
  /** Whether `NODE_ENV` is unset, `development` or `test`; any other value is treated as production. Read once. */
  readonly development: boolean;
  /** What the flags look like from outside: who changed what, what a change would do. Only with a store. */
  readonly administration: Administration | undefined;
  /** Whom flags were read for lately; `undefined` when the app keeps nobody in mind. */
  readonly recentContexts: RecentContexts | undefined;
  readonly #changes: Changes;
  readonly #health: Health;
  readonly #pins = new Pins();
  readonly #atClose: (() => void)[] = [];
  readonly #compiler: Compiler;
  readonly #link: StoreLink | undefined;
  /** Whether the store has to be asked before a snapshot is handed out, and can be without waiting. */
  readonly #asksAtOnce: boolean;

  /** @throws GatekeeperError when a flag, a definition or the flags file cannot be used */
  constructor(options: RuntimeOptions) {
    this.logger = new SafeLogger(options.logger ?? console);
    this.clock = options.clock ?? Date.now;
    this.environment = options.environment ?? defaultEnvironment();
    this.appName = options.appName ?? packageName();
    this.development = ['development', 'test', ''].includes(process.env['NODE_ENV'] ?? '');
    this.#changes = new Changes(this.logger);
    this.#health = new Health(this.logger, this.clock);
    if (options.recentContexts !== false)
      this.recentContexts = new RecentContexts(options.recentContexts ?? {}, this.clock);
    const store = storeOf(options);
    const definitions = store === undefined ? options.definitions : copied(options.definitions);
    this.#compiler = new Compiler(options.flags ?? registeredFlags(), definitions, store?.name);
    this.#asksAtOnce = (options.consistency ?? 'cached') !== 'cached' && store?.sync !== undefined;
    if (store === undefined) {
      this.#compiler.use(NOTHING, NO_CHANGE);
      return;
    }
    if (store.sync === undefined) this.#compiler.begin();
    const { environment, clock } = this;
    this.#link = new StoreLink({
      store,
      environment,
      health: this.#health,
      readyTimeout: options.readyTimeout ?? 2_000,
      use: (content, change) => this.#use(content, change),
    });
    this.administration = new Administration({ store, environment, clock, link: this.#link, compiler: this.#compiler });
    this.#link.start();
  }

  get snapshot(): Snapshot {
    if (this.#asksAtOnce) this.#link?.freshNow();
    return this.#pins.over(this.#compiler.snapshot);
  }

  get stale(): boolean {
    return this.#health.stale;
  }

  /** What a request has to wait for before its flags can be read: the first load of the store. */
  get awaited(): Promise<void> | undefined {
    return this.#link?.awaited;
  }

  /** Whether there is a store that takes time to say what is newest. */
  get asksWithDelay(): boolean {
    return this.#link?.loadsLater === true;
  }

  seen(subject: Seen): void {
    this.recentContexts?.note(subject);
  }

  failed(flag: string, problem: string): void {
    const message = `Flag ${shown(flag)}: ${sentence(problem)} It serves its off variant; this is logged once.`;
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
    return this.#health.report(this.#compiler.snapshot.problems);
  }

  /** @throws GatekeeperError the store was not loaded within `readyTimeout`, with the cause */
  async ready(): Promise<void> {
    await this.#link?.ready();
  }

  /** @throws GatekeeperError the store cannot be read now */
  async fresh(): Promise<void> {
    await this.#link?.fresh();
  }

  /**
   * Changes what the store holds.
   *
   * @returns the revision of the change; the flags of this process are as changed once it resolves
   * @throws ConflictError, GatekeeperError
   */
  async edit(edit: Edit, options: ChangeOptions): Promise<Revision> {
    if (this.administration !== undefined) return this.administration.edit(edit, options);
    throw new GatekeeperError(
      'READ_ONLY',
      'There is no store to write to; give one, e.g. gatekeeper({ store: "sqlite:gatekeeper.db" }).',
    );
  }

  /** A segment as the app's own code defines it. */
  segmentInCode(name: string): SegmentInput | undefined {
    return this.#compiler.segmentInCode(name);
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
    return this.#pins.add(variants, this.#compiler.snapshot);
  }

  /** Calls back when everything is let go of. */
  onClose(end: () => void): void {
    this.#atClose.push(end);
  }

  async close(): Promise<void> {
    for (const end of this.#atClose) end();
    this.recentContexts?.stop();
    await this.#link?.close();
  }

  #use(content: StoreContent, change: Required<StoreChange>): void {
    const known = new Set(this.#compiler.snapshot.problems.map(({ message }) => message));
    const compiled = this.#compiler.use(content, change);
    for (const { message } of this.#compiler.snapshot.problems) {
      if (!known.has(message)) this.logger.error(`${message} Until then it is not used.`);
    }
    // A segment that changed changes the flags that ask for it.
    const asking = Object.keys(change.segments).length > 0 ? compiled : [];
    this.#changes.tell({ flags: [...new Set([...Object.keys(change.flags), ...asking])], revision: content.revision });
  }
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
