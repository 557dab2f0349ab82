import type { ParseArgsConfig } from 'node:util';

/** Where a verb writes: results on one side, what went wrong on the other. */
export interface Terminal {
  out(text: string): void;
  err(text: string): void;
}

/** What follows `gatekeeper` on the command line. */
export interface Verb {
  /** A line for the list of verbs. */
  readonly about: string;
  readonly usage: string;
  readonly options: NonNullable<ParseArgsConfig['options']>;
  /** @returns the exit code */
  run(values: Readonly<Record<string, unknown>>, terminal: Terminal): Promise<number>;
}
