import { onOneLine } from '../errors.js';
import { abandon, isThenable } from '../evaluation/thenable.js';

/** What an app's own code throws may be of any length. */
const MAX_LENGTH = 4000;

/** Where messages go: `console` has this shape, and so have pino and winston. */
export interface Logger {
  debug?(message: string): void;
  info?(message: string): void;
  warn(message: string): void;
  error(message: string): void;
}

/** Writes to the app's logger. A logger that throws never breaks a request. */
export class SafeLogger implements Required<Logger> {
  readonly #logger: Logger;
  readonly #said = new Set<string>();

  constructor(logger: Logger) {
    this.#logger = logger;
  }

  debug(message: string): void {
    this.#write('debug', message);
  }

  info(message: string): void {
    this.#write('info', message);
  }

  warn(message: string): void {
    this.#write('warn', message);
  }

  error(message: string): void {
    this.#write('error', message);
  }

  /**
   * Says something once per key. The number of warnings is bounded, because what they are about may come from a visitor, who
   * must not be able to fill the memory.
   */
  once(level: 'warn' | 'error', key: string, message: string): void {
    if (this.#said.has(key) || (level === 'warn' && this.#said.size >= 1000)) return;
    this.#said.add(key);
    // What could not be said is still to be said.
    if (!this.#write(level, message)) this.#said.delete(key);
  }

  #write(level: keyof Logger, message: string): boolean {
    try {
      const done: unknown = this.#logger[level]?.(`gatekeeper: ${onOneLine(message).slice(0, MAX_LENGTH)}`);
      if (isThenable(done)) abandon(done);
      return true;
    } catch {
      return false;
    }
  }
}
