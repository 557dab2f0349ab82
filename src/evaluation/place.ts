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
  readonly #outer: Place | undefined;
  readonly #key: string | number;
  readonly #kind: 'Flag' | 'Segment';
  readonly #origin: Origin | undefined;

  /** @param key the name of the flag or segment; inside one, of the part of `outer` */
  constructor(kind: 'Flag' | 'Segment', key: string | number, origin?: Origin, outer?: Place) {
    this.#kind = kind;
    this.#key = key;
    this.#origin = origin;
    this.#outer = outer;
  }

  at(key: string | number): Place {
    return new Place(this.#kind, key, this.#origin, this);
  }

  error(problem: string): GatekeeperError {
    // What has no origin stands in a class.
    const code = this.#origin === undefined ? 'INVALID_FLAG' : 'INVALID_DEFINITION';
    return new GatekeeperError(code, `${this} ${problem}${/[.?!]$/.test(problem) ? '' : '.'}`);
  }

  toString(): string {
    const [name, ...inside] = this.#keys;
    const named = `${this.#kind} ${shown(name)}`;
    const where = inside.length === 0 ? named : `${named}, ${written(inside)}:`;
    if (this.#origin === undefined) return where;
    const line = this.#origin.line?.([this.#kind === 'Flag' ? 'flags' : 'segments', ...this.#keys]);
    return `${this.#origin.name}${line === undefined ? '' : `:${line}`}: ${where}`;
  }

  get #keys(): Path {
    return this.#outer === undefined ? [this.#key] : [...this.#outer.#keys, this.#key];
  }
}

/** A path as people write it: `rules[0].serve`. */
function written(path: Path): string {
  return path.reduce<string>(
    (text, key) => (typeof key === 'number' ? `${text}[${key}]` : `${text}${text && '.'}${key}`),
    '',
  );
}
