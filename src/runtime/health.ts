import type { Problem } from '../evaluation/snapshot.js';
import type { SafeLogger } from './logger.js';

/** How the flags are. */
export interface HealthReport {
  /** `ready`: all in use. `degraded`: some definitions are not usable. `stale`: the last good flags serve, newer ones cannot be read. */
  readonly status: 'ready' | 'degraded' | 'stale';
  /** Why it is not `ready`. */
  readonly cause?: string;
  /** Since when, in milliseconds since the epoch. */
  readonly since?: number;
  /** The definitions that are not used. */
  readonly problems: readonly Problem[];
}

/** Keeps in mind whether newer flags can be read, and says each change of that once. */
export class Health {
  readonly #logger: SafeLogger;
  readonly #clock: () => number;
  #trouble: { readonly cause: string; readonly since: number } | undefined;

  constructor(logger: SafeLogger, clock: () => number) {
    this.#logger = logger;
    this.#clock = clock;
  }

  get stale(): boolean {
    return this.#trouble !== undefined;
  }

  unwell(cause: string): void {
    if (this.#trouble?.cause === cause) return;
    this.#trouble = { cause, since: this.#trouble?.since ?? this.#clock() };
    this.#logger.error(`${cause} The last good flags stay in use.`);
  }

  well(message: string): void {
    if (this.#trouble === undefined) return;
    this.#trouble = undefined;
    this.#logger.info(message);
  }

  report(problems: readonly Problem[]): HealthReport {
    if (this.#trouble !== undefined) return { status: 'stale', ...this.#trouble, problems };
    const [first] = problems;
    return first === undefined ? { status: 'ready', problems } : { status: 'degraded', cause: first.message, problems };
  }
}
