import type { FlagInput } from '../evaluation/definition/schema.js';
import { flagsIn } from '../stores/file/flags-file.js';
import { calledWrongly } from './exit-codes.js';
import type { Given } from './given.js';
import type { Terminal } from './terminal.js';

/** The definition given by `--definition`, as YAML or JSON; `-` for the standard input. */
export async function definitionGiven(given: Given, terminal: Terminal): Promise<FlagInput | undefined> {
  const text = given.text('definition');
  if (text === undefined) return undefined;
  return definitionIn(text === '-' ? await terminal.input() : text);
}

/** Read as the only flag of a file, so that it is read as files are. */
function definitionIn(text: string): FlagInput {
  const lines = text
    .trim()
    .split('\n')
    .map((line) => `    ${line}`);
  const { flags } = flagsIn(`flags:\n  it:\n${lines.join('\n')}\n`, '--definition').definitions;
  const definition = flags['it'] as FlagInput | null | undefined;
  // Nothing in the place of a flag would delete it.
  if (definition === null || definition === undefined) throw calledWrongly('--definition is empty; give YAML or JSON.');
  return definition;
}
