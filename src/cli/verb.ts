import type { Given } from './given.js';
import type { Terminal } from './terminal.js';

/** One option of a verb. */
export interface Option {
  readonly type: 'string' | 'boolean';
  readonly default?: string;
  /** What it is, for `--help`. */
  readonly about: string;
}

export type Options = Readonly<Record<string, Option>>;

/** What follows `gatekeeper` on the command line. */
export interface Verb {
  /** A line for the list of verbs. */
  readonly about: string;
  /** What follows the verb itself: how it is written, how many words at least and at most. */
  readonly takes?: readonly [written: string, least: number, most: number];
  readonly options: Options;
  /** What else there is to know, for `--help`. */
  readonly more?: string;
  /** @returns the exit code */
  run(given: Given, terminal: Terminal): Promise<number>;
}
