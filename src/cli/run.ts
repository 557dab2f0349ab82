import { parseArgs } from 'node:util';
import { messageOf } from '../errors.js';
import { didYouMean } from '../evaluation/closest.js';
import type { Terminal, Verb } from './verb.js';
import { schema } from './verbs/schema.js';
import { types } from './verbs/types.js';

const VERBS: Readonly<Record<string, Verb>> = { types, schema };

/**
 * Runs the command `gatekeeper`.
 *
 * @returns the exit code: 0 done, 1 failed, 2 called wrongly
 */
export async function run(words: readonly string[], terminal: Terminal): Promise<number> {
  const [name = '', ...rest] = words;
  if (['', 'help', '--help', '-h'].includes(name)) {
    terminal.out(usage());
    return name === '' ? 2 : 0;
  }
  const verb = Object.hasOwn(VERBS, name) ? VERBS[name] : undefined;
  if (verb === undefined) {
    terminal.err(`gatekeeper has no verb '${name}'${didYouMean(name, Object.keys(VERBS))}\n\n${usage()}`);
    return 2;
  }
  let given: ReturnType<typeof parseArgs>;
  try {
    given = parseArgs({ args: [...rest], options: { ...verb.options, help: { type: 'boolean', short: 'h' } } });
  } catch (error) {
    terminal.err(`${messageOf(error)}\n\n${verb.usage}`);
    return 2;
  }
  if (given.values['help'] === true) {
    terminal.out(verb.usage);
    return 0;
  }
  try {
    return await verb.run(given.values, terminal);
  } catch (error) {
    terminal.err(messageOf(error));
    return 1;
  }
}

function usage(): string {
  const verbs = Object.entries(VERBS).map(([name, { about }]) => `  ${name.padEnd(10)}${about}`);
  return `Usage: gatekeeper <verb> [options]\n\n${verbs.join('\n')}\n\ngatekeeper <verb> --help says more.`;
}
