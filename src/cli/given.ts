import { parseArgs } from 'node:util';
import { messageOf } from '../errors.js';
import { calledWrongly } from './exit-codes.js';
import type { Verb } from './verb.js';

/** What was given to a verb: words and options. */
export class Given {
  readonly words: readonly string[];
  readonly #values: Readonly<Record<string, unknown>>;

  /** @throws GatekeeperError `INVALID_OPTION` for an option or a number of words that the verb does not take */
  constructor(args: readonly string[], { options, takes: [written, least, most] = ['', 0, 0] }: Verb) {
    const { values, positionals } = parsed(args, options);
    this.words = positionals;
    this.#values = values;
    if (this.has('help')) return;
    if (positionals.length < least) throw calledWrongly(`It takes ${written}.`);
    if (positionals.length > most) throw calledWrongly(`'${positionals[most]}' is a word too many.`);
  }

  has(option: string): boolean {
    return this.#values[option] === true;
  }

  text(option: string): string | undefined {
    const value = this.#values[option];
    return typeof value === 'string' ? value : undefined;
  }

  /** @throws GatekeeperError `INVALID_OPTION` when it is not given, or empty */
  required(option: string): string {
    const text = this.text(option);
    if (text === undefined || text.trim() === '') throw calledWrongly(`It takes --${option}.`);
    return text;
  }

  /** @throws GatekeeperError `INVALID_OPTION` for anything but 0, 1, 2 … */
  count(option: string): number | undefined {
    const text = this.text(option);
    if (text === undefined) return undefined;
    if (/^\d{1,15}$/.test(text)) return Number(text);
    throw calledWrongly(`--${option} is '${text}'; use a whole number, e.g. --${option} 7`);
  }
}

function parsed(args: readonly string[], options: Verb['options']): ReturnType<typeof parseArgs> {
  try {
    return parseArgs({
      args: [...args],
      options: { ...options, help: { type: 'boolean', short: 'h' } },
      allowPositionals: true,
    });
  } catch (error) {
    throw calledWrongly(messageOf(error));
  }
}
