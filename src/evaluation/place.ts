import { GatekeeperError, shown } from '../errors.js';

export type Path = readonly (string | number)[];

/** Where definitions come from. */
export interface Origin {
  /** A file, or the option they were given by. */
  readonly name: string;
  /** The line on which the value at `path` stands, where there are lines. */
  line?(path: Path): number | undefined;
}

/**
 * Where something stands that may turn out to be wrong: origin, line, flag, path. Put into words only when it does: there is one
 * for each flag that loads.
 */
export class Place {
  constructor(
    private readonly kind: 'Flag' | 'Segment',
    private readonly name: string,
    private readonly origin?: Origin,
    private readonly path: Path = [],
  ) {}

  at(...keys: Path): Place {
    return new Place(this.kind, this.name, this.origin, [...this.path, ...keys]);
  }

  error(problem: string): GatekeeperError {
    return new GatekeeperError('INVALID_DEFINITION', `${this} ${problem}${/[.?!]$/.test(problem) ? '' : '.'}`);
  }

  toString(): string {
    const named = `${this.kind} ${shown(this.name)}`;
    const where = this.path.length === 0 ? named : `${named}, ${written(this.path)}:`;
    if (this.origin === undefined) return where;
    const line = this.origin.line?.([this.kind === 'Flag' ? 'flags' : 'segments', this.name, ...this.path]);
    return `${this.origin.name}${line === undefined ? '' : `:${line}`}: ${where}`;
  }
}

/** A path as people write it: `rules[0].serve`. */
function written(path: Path): string {
  return path.reduce<string>(
    (text, key) => (typeof key === 'number' ? `${text}[${key}]` : `${text}${text && '.'}${key}`),
    '',
  );
}
