import type { Gatekeeper, Logger } from 'express-gatekeeper';

const LEVELS = { debug: 20, info: 30, warn: 40, error: 50 } as const;

/** The shop's log: one line per message, if it is important enough. */
export class Log implements Required<Logger> {
  /** Messages below it are not written. May change at any time. */
  level: number = LEVELS.info;
  readonly #write: (line: string) => void;

  constructor(write: (line: string) => void) {
    this.#write = write;
  }

  debug(message: string): void {
    this.#say('debug', message);
  }

  info(message: string): void {
    this.#say('info', message);
  }

  warn(message: string): void {
    this.#say('warn', message);
  }

  error(message: string): void {
    this.#say('error', message);
  }

  #say(level: keyof typeof LEVELS, message: string): void {
    if (LEVELS[level] >= this.level) this.#write(`${level.padEnd(5)} ${message}`);
  }
}

/** The log's level is a flag: it follows at once when somebody changes it, without a restart. */
export function followLevel(log: Log, gk: Gatekeeper): void {
  const follow = (): void => {
    log.level = gk.for().value('log/level', LEVELS.info);
  };
  // Before the store is loaded there is nothing to follow; should it be down, its return is a change.
  gk.ready().then(follow, () => undefined);
  gk.on('change', ({ flags }) => {
    follow();
    log.info(`flags changed: ${inShort(flags)}`);
  });
}

/** A changed segment concerns every flag: that many names tell nobody anything. */
function inShort(names: readonly string[]): string {
  return names.length <= 4 ? names.join(', ') : `${names.slice(0, 3).join(', ')} and ${names.length - 3} more`;
}
