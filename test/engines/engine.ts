import { accessSync, constants, existsSync, readdirSync, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** A program the tests drive for real and that npm does not install. */
export interface Engine {
  readonly name: string;
  /** Environment variable that names the executable and is believed before any search. */
  readonly variable: string;
  /** Commands to look for, best first. */
  readonly commands: readonly string[];
  /** Where else they may be: folders of which one part may be any (`*`); the last in the order of the alphabet is taken. */
  readonly folders?: string;
  /** Debian's package that brings it. */
  readonly aptPackage: string;
}

/** The executable to run, or undefined when this machine has none. */
export function findEngine(engine: Engine): string | undefined {
  const named = process.env[engine.variable];
  if (named) return isExecutable(named) ? named : undefined;
  const path = [...(process.env.PATH ?? '').split(delimiter), '/usr/bin', '/usr/local/bin'].filter(Boolean);
  const folders = [...path, ...foldersLike(engine.folders)];
  return engine.commands
    .flatMap((command) => folders.map((folder) => join(folder, command)))
    .find((candidate) => isExecutable(candidate));
}

/** What `apt-get` is asked to do, one list of arguments per call. */
export function aptCommands(engines: readonly Engine[]): readonly (readonly string[])[] {
  return [['update'], ['install', '-y', '--no-install-recommends', ...engines.map(({ aptPackage }) => aptPackage)]];
}

/** The same as a person types it. */
export function installCommand(engines: readonly Engine[]): string {
  return aptCommands(engines)
    .map((args) => `sudo apt-get ${args.join(' ')}`)
    .join(' && ');
}

/** Why a test cannot run, and what to do about it. */
export function missingMessage(engine: Engine): string {
  const named = process.env[engine.variable];
  const cause = named ? `${engine.variable}=${named} is not an executable file` : `${engine.name} was not found`;
  return `${cause}: type "${installCommand([engine])}", or set ${engine.variable} to its executable`;
}

function foldersLike(pattern = ''): readonly string[] {
  const [before, after] = pattern.split('*');
  if (before === undefined || after === undefined || !existsSync(before)) return [];
  return readdirSync(before)
    .sort((one, other) => other.localeCompare(one, 'en', { numeric: true }))
    .map((name) => join(before, name, after));
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
