import { BackOff } from '../back-off.js';
import type { Revision } from '../store.js';

/** How often to look whether another process wrote, in milliseconds. A look costs microseconds. */
const LOOK_EVERY = 10;

type Tell = (revision?: Revision) => void;

interface Watcher {
  readonly environment: string;
  readonly tell: Tell;
  /** The revision that was told last; `undefined` while it is not known. */
  told: Revision | undefined;
}

/** All who watch one store, and the one timer that looks for them. */
export class Watchers {
  readonly #watchers = new Set<Watcher>();
  readonly #revision: (environment: string) => Revision;
  #timer: NodeJS.Timeout | undefined;
  readonly #backOff = new BackOff();
  #waitUntil = 0;

  /** @param revision the revision as it is now; may throw */
  constructor(revision: (environment: string) => Revision) {
    this.#revision = revision;
  }

  add(environment: string, tell: Tell): () => void {
    const watcher: Watcher = { environment, tell, told: this.#revisionOf(environment) };
    this.#watchers.add(watcher);
    // Watching flags is no reason for a process to stay.
    this.#timer ??= setInterval(() => this.#lookAgain(), LOOK_EVERY).unref();
    return () => {
      this.#watchers.delete(watcher);
      if (this.#watchers.size === 0) this.stop();
    };
  }

  /** Tells each who does not know yet what there is, once also that the store can no longer be read. */
  look(): void {
    for (const watcher of [...this.#watchers]) {
      const now = this.#revisionOf(watcher.environment);
      if (now === watcher.told || !this.#watchers.has(watcher)) continue;
      watcher.told = now;
      watcher.tell(now);
    }
  }

  /** Whatever was told may not hold any more: the next look tells everyone. */
  forget(): void {
    for (const watcher of this.#watchers) watcher.told = undefined;
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#watchers.clear();
  }

  #lookAgain(): void {
    if (performance.now() >= this.#waitUntil) this.look();
  }

  #revisionOf(environment: string): Revision | undefined {
    try {
      const revision = this.#revision(environment);
      this.#backOff.reset();
      this.#waitUntil = 0;
      return revision;
    } catch {
      this.#waitUntil = performance.now() + this.#backOff.next();
      // Whoever is told reads, and learns why it fails.
      return undefined;
    }
  }
}
