import { GatekeeperError, type GatekeeperErrorCode } from '../errors.js';

export type Path = readonly (string | number)[];

/** Where definitions come from. */
export interface Origin {
  /** A file, or the option they were given by. */
  readonly name: string;
  /** The line on which the value at `path` stands, where there are lines. */
  line?(path: Path): number | undefined;
}

/** Where something stands that may turn out to be wrong: origin, line, path. */
export class Place {
  constructor(
    readonly subject: string,
    readonly origin?: Origin,
    readonly path: Path = [],
    /** How much of the path `subject` already says. */
    readonly said: number = path.length,
  ) {}

  at(...keys: Path): Place {
    return new Place(this.subject, this.origin, [...this.path, ...keys], this.said);
  }

  error(problem: string, code: GatekeeperErrorCode = 'INVALID_DEFINITION'): GatekeeperError {
    return new GatekeeperError(code, `${this} ${problem}${/[.?!]$/.test(problem) ? '' : '.'}`);
  }

  toString(): string {
    const inside = this.path.slice(this.said);
    const where = inside.length === 0 ? this.subject : `${this.subject}, ${written(inside)}:`;
    if (this.origin === undefined) return where;
    const line = this.origin.line?.(this.path);
    return `${this.origin.name}${line === undefined ? '' : `:${line}`}: ${where}`;
  }
}

/** A path as people write it: `rules[0].serve`. */
export function written(path: Path): string {
  return path.reduce<string>(
    (text, key) => (typeof key === 'number' ? `${text}[${key}]` : `${text}${text && '.'}${key}`),
    '',
  );
}
