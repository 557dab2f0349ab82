import { GatekeeperError, shown } from '../errors.js';
import { sentence } from './sentence.js';

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

  /** Whether it stands in a definition, rather than in a class. */
  get inData(): boolean {
    return this.#origin !== undefined;
  }

  at(key: string | number): Place {
    return new Place(this.#kind, key, this.#origin, this);
  }

  /** @param part the member that is wrong, when `problem` names it: its line is told */
  error(problem: string, part?: string): GatekeeperError {
    const code = this.inData ? 'INVALID_DEFINITION' : 'INVALID_FLAG';
    return new GatekeeperError(code, sentence(`${this.#inWords(part)} ${problem}`));
  }

  toString(): string {
    return this.#inWords();
  }

  #inWords(part?: string): string {
    const [name, ...inside] = this.#keys;
    const named = `${this.#kind} ${shown(name)}`;
    const where = inside.length === 0 ? named : `${named}, ${written(inside)}:`;
    if (this.#origin === undefined) return where;
    const top = this.#kind === 'Flag' ? 'flags' : 'segments';
    const line = this.#origin.line?.([top, ...this.#keys, ...(part === undefined ? [] : [part])]);
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
