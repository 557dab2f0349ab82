import { EXIT_CODES } from './exit-codes.js';
import type { Verb } from './verb.js';

/** What the command can do. */
export function overview(verbs: ReadonlyMap<string, Verb>): string {
  const lines = [...verbs].map(([name, { about }]) => `  ${name.padEnd(10)}${about}`);
  return `Usage: gatekeeper <verb> [options]

${lines.join('\n')}

A name that ends with a slash is a folder, with all flags in it: gatekeeper kill checkout/ --reason incident
The store is named by --store or GATEKEEPER_STORE, else it is flags.yaml or flags.json in this folder; the environment by
--env or GATEKEEPER_ENV, else it is default. gatekeeper <verb> --help says more.

${EXIT_CODES}`;
}

/** What one verb takes. */
export function helpOf(name: string, { about, takes, options, more }: Verb): string {
  const usage = ['Usage: gatekeeper', name, ...(takes ? [takes[0]] : []), '[options]'].join(' ');
  const written = Object.entries(options).map(([option, { type, about: what }]): [string, string] => [
    `--${option}${type === 'string' ? ' …' : ''}`,
    what,
  ]);
  const width = Math.max(...written.map(([option]) => option.length)) + 2;
  const lines = written.map(([option, what]) => `  ${option.padEnd(width)}${what}`);
  return [usage, `${about[0]?.toUpperCase()}${about.slice(1)}.`, more, lines.join('\n')].filter(Boolean).join('\n\n');
}
