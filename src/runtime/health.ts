import type { Problem } from '../evaluation/snapshot.js';
import type { SafeLogger } from './logger.js';

/** How many troubles are told of until all is well again. */
const MOST_SAID = 10;

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
  /** What was told of since all was well: troubles may take turns. */
  readonly #said = new Set<string>();
  #trouble: { readonly cause: string; readonly since: number } | undefined;
  #loaded = true;

  constructor(logger: SafeLogger, clock: () => number) {
    this.#logger = logger;
    this.#clock = clock;
  }

  get stale(): boolean {
    return this.#trouble !== undefined;
  }

  /** Why the flags may be behind; `undefined` when they are not. */
  get cause(): string | undefined {
    return this.#trouble?.cause;
  }

  /** Whether it was said what is wrong. */
  get isTold(): boolean {
    return this.#said.size > 0;
  }

  /** Nothing is wrong yet, but nothing is there either. */
  waiting(cause: string): void {
    this.#loaded = false;
    this.#trouble = { cause, since: this.#clock() };
  }

  /** There are flags to serve, be they old. */
  begun(): void {
    this.#loaded = true;
  }

  /** @param trouble what the cause belongs to: of several causes of one trouble only the first is said */
  unwell(cause: string, trouble = cause): void {
    this.#trouble = { cause, since: this.#trouble?.since ?? this.#clock() };
    if (this.#said.has(trouble) || this.#said.size >= MOST_SAID) return;
    this.#said.add(trouble);
    const meanwhile = this.#loaded ? 'The last good flags stay in use.' : 'Until then flags are as the code has them.';
    this.#logger.error(`${cause} ${meanwhile}`);
  }

  well(message: string): void {
    this.#trouble = undefined;
    this.#loaded = true;
    if (this.#said.size === 0) return;
    this.#said.clear();
    this.#logger.info(message);
  }

  report(problems: readonly Problem[]): HealthReport {
    if (this.#trouble !== undefined) return { status: 'stale', ...this.#trouble, problems };
    const [first] = problems;
    return first === undefined ? { status: 'ready', problems } : { status: 'degraded', cause: first.message, problems };
  }
}
