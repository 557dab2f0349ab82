import type {
  AuditEntry,
  ChangeOptions,
  FlagStore,
  Revision,
  StoreChange,
  StoreContent,
  StoreDelta,
} from 'express-gatekeeper';
import { memoryStore } from 'express-gatekeeper/stores/memory';

/** What many processes share: a server, as it were. */
export type Server = ReturnType<typeof memoryStore>;

/**
 * A store at a distance, whose line a test holds in its hand: it may be cut, or go silent. What is behind it works for real, and
 * may be shared by several.
 */
export class RemoteStore implements FlagStore {
  readonly name = 'the far store';
  readonly server: Server;
  /** How often it was asked, by method. */
  readonly asked = { load: 0, revision: 0, since: 0, apply: 0 };
  readonly deltas = {
    since: (environment: string, revision: Revision): Promise<StoreDelta | undefined> =>
      this.#over('since', () => this.server.deltas.since(environment, revision)),
  };
  #line: 'good' | 'cut' | 'silent' = 'good';
  readonly #held: (() => void)[] = [];
  readonly #watchers = new Set<() => void>();

  constructor(server: Server = memoryStore()) {
    this.server = server;
  }

  /** Everything fails at once. */
  cut(): void {
    this.#line = 'cut';
    this.#tell();
  }

  /** Nothing answers, until it is mended. */
  silence(): void {
    this.#line = 'silent';
  }

  mend(): void {
    this.#line = 'good';
    for (const go of this.#held.splice(0)) go();
    this.#tell();
  }

  load(environment: string): Promise<StoreContent> {
    return this.#over('load', () => this.server.load(environment));
  }

  revision(environment: string): Promise<Revision> {
    return this.#over('revision', () => this.server.revision(environment));
  }

  apply(environment: string, change: StoreChange, options: ChangeOptions): Promise<Revision> {
    return this.#over('apply', () => this.server.apply(environment, change, options));
  }

  history(environment: string): Promise<readonly AuditEntry[]> {
    return this.server.history(environment);
  }

  watch(environment: string, onRevision: (revision?: Revision) => void): () => void {
    const stop = this.server.watch(environment, (revision) => {
      if (this.#line === 'good') onRevision(revision);
    });
    const tell = (): void => onRevision();
    this.#watchers.add(tell);
    return () => {
      stop();
      this.#watchers.delete(tell);
    };
  }

  async close(): Promise<void> {
    this.#watchers.clear();
  }

  async #over<Answer>(method: keyof RemoteStore['asked'], ask: () => Promise<Answer>): Promise<Answer> {
    this.asked[method] += 1;
    await new Promise((resolve) => setImmediate(resolve));
    if (this.#line === 'silent') await new Promise<void>((resolve) => this.#held.push(resolve));
    if (this.#line === 'cut') throw new Error('connect ECONNREFUSED');
    return ask();
  }

  #tell(): void {
    for (const tell of this.#watchers) tell();
  }
}
