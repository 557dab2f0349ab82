import { existsSync, readFileSync, statSync } from 'node:fs';
import { basename, relative, resolve } from 'node:path';
import { type Document, isNode, LineCounter, parseDocument } from 'yaml';
import { GatekeeperError, messageOf } from '../../errors.js';
import { didYouMean } from '../../evaluation/closest.js';
import type { Definitions } from '../../evaluation/definition/schema.js';
import type { Origin, Path } from '../../evaluation/place.js';

const NAMES = ['flags.yaml', 'flags.yml', 'flags.json'];
const KEYS = ['flags', 'features', 'segments', '$schema'];
/** Room for fifty thousand flags; more than that is not a file of flags. */
const MAX_BYTES = 64 * 1024 * 1024;

/** The flags file of a folder, if it has one. */
export function findFlagsFile(folder: string): string | undefined {
  return NAMES.map((name) => resolve(folder, name)).find((path) => existsSync(path));
}

/** What a file says, and how to find the line where it says so. */
export interface FlagsFile {
  readonly definitions: Required<Definitions>;
  readonly origin: Origin;
}

/**
 * Reads a YAML 1.2 or JSON file with a map of flags under `flags:` (or `features:`) and of segments under `segments:`.
 *
 * @throws GatekeeperError `INVALID_FILE` naming the file, the line and the fix
 */
export function readFlagsFile(path: string): FlagsFile {
  const name = displayName(path);
  const lines = new LineCounter();
  // JSON is YAML 1.2, so that one parser gives both their line numbers.
  const document = parseDocument(readText(path, name), { lineCounter: lines, prettyErrors: true, uniqueKeys: true });
  const [error] = document.errors;
  if (error !== undefined) {
    throw invalid(`${name} cannot be parsed: ${error.message.replace(/:?\s*\n[\s\S]*$/, '')}.`, error);
  }
  const content = contentOf(document, name);
  const key = content['flags'] === undefined && content['features'] !== undefined ? 'features' : 'flags';
  return {
    definitions: {
      flags: mapUnder(key, content, name) as Definitions['flags'],
      segments: mapUnder('segments', content, name) as Required<Definitions>['segments'],
    },
    origin: { name, line: (at) => lineOf(document, lines, at[0] === 'flags' ? [key, ...at.slice(1)] : at) },
  };
}

/** A path for messages: as it is from here, when it is below here. */
export function displayName(path: string): string {
  const fromHere = relative(process.cwd(), path);
  return fromHere.startsWith('..') ? path : fromHere;
}

function readText(path: string, name: string): string {
  try {
    if (statSync(path).size > MAX_BYTES) throw new Error(`it is larger than ${MAX_BYTES} bytes`);
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw invalid(`Cannot read the flags in ${name}: ${messageOf(error)}.`, error);
  }
}

function contentOf(document: Document, name: string): Readonly<Record<string, unknown>> {
  const content = toJs(document, name);
  if (content === null) return {};
  if (typeof content !== 'object' || Array.isArray(content)) throw misshapen(name, 'is not a map');
  for (const key of Object.keys(content)) {
    if (!KEYS.includes(key)) throw misshapen(name, `has the unknown key '${key}' at its top${didYouMean(key, KEYS)}`);
  }
  if ('flags' in content && 'features' in content) throw misshapen(name, 'has both flags and features');
  return content as Readonly<Record<string, unknown>>;
}

function toJs(document: Document, name: string): unknown {
  try {
    return document.toJS({ maxAliasCount: 100 });
  } catch (error) {
    throw invalid(`${name} cannot be read: ${messageOf(error)}.`, error);
  }
}

function mapUnder(key: string, content: Readonly<Record<string, unknown>>, name: string): object {
  const map = content[key] ?? {};
  if (typeof map !== 'object' || Array.isArray(map)) throw misshapen(name, `has no map under ${key}`);
  return map;
}

function lineOf(document: Document, lines: LineCounter, path: Path): number | undefined {
  for (let length = path.length; length > 0; length -= 1) {
    const node = document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return lines.linePos(node.range[0]).line;
  }
  return undefined;
}

function misshapen(name: string, problem: string): GatekeeperError {
  return invalid(
    `${name} ${problem}; write flags under a top-level \`flags:\`, e.g. "flags:\\n  new_search: true" in ${basename(name)}.`,
  );
}

function invalid(message: string, cause?: unknown): GatekeeperError {
  return new GatekeeperError('INVALID_FILE', message, { cause });
}
