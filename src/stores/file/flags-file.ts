import { existsSync, readFileSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { parseDocument } from 'yaml';
import { GatekeeperError, messageOf } from '../errors.js';
import type { Definitions } from '../evaluation/definition.js';

const NAMES = ['flags.yaml', 'flags.yml', 'flags.json'];

/** The flags file of a folder, if it has one. */
export function findFlagsFile(folder: string): string | undefined {
  return NAMES.map((name) => resolve(folder, name)).find((path) => existsSync(path));
}

/**
 * Reads a YAML 1.2 or JSON file with a map of flags under `flags:` (or `features:`).
 *
 * @throws GatekeeperError `INVALID_FILE` naming the file, the line and the fix
 */
export function readFlagsFile(path: string): Definitions {
  const content = toJs(readText(path), path);
  if (content === null) return { flags: {} };
  if (typeof content !== 'object' || Array.isArray(content)) throw misshapen(path);
  const { flags, features } = content as { readonly flags?: unknown; readonly features?: unknown };
  const map = flags ?? features ?? {};
  if (typeof map !== 'object' || Array.isArray(map) || (flags === undefined && features === undefined)) {
    throw misshapen(path);
  }
  return { flags: map as Definitions['flags'] };
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new GatekeeperError('INVALID_FILE', `Cannot read ${path}: ${messageOf(error)}`, { cause: error });
  }
}

function toJs(text: string, path: string): unknown {
  // JSON is YAML 1.2, so that one parser gives both their line numbers.
  const document = parseDocument(text, { prettyErrors: true });
  const [error] = document.errors;
  if (error !== undefined) {
    throw new GatekeeperError('INVALID_FILE', `${path} cannot be parsed: ${error.message}`, { cause: error });
  }
  try {
    return document.toJS({ maxAliasCount: 100 });
  } catch (cause) {
    throw new GatekeeperError('INVALID_FILE', `${path} cannot be read: ${messageOf(cause)}`, { cause });
  }
}

function misshapen(path: string): GatekeeperError {
  return new GatekeeperError(
    'INVALID_FILE',
    `${path} has no map of flags; write them under a top-level \`flags:\`, e.g. "flags:\\n  new_search: true" in ${basename(path)}.`,
  );
}
