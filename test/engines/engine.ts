import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** A program the tests drive for real and that npm does not install. */
export interface Engine {
  readonly name: string;
  /** Environment variable that names the executable and is believed before any search. */
  readonly variable: string;
  /** Commands to look for, best first. */
  readonly commands: readonly string[];
  /** Debian's package that brings it. */
  readonly aptPackage: string;
}

/** The executable to run, or undefined when this machine has none. */
export function findEngine(engine: Engine): string | undefined {
  const named = process.env[engine.variable];
  if (named) return isExecutable(named) ? named : undefined;
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/bin', '/usr/local/bin'].filter(Boolean);
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

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
