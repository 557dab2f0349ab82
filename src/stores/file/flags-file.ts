import { existsSync, readFileSync, statSync } from 'node:fs';
import { basename, relative, resolve } from 'node:path';
import { GatekeeperError, messageOf } from '../../errors.js';
import { didYouMean } from '../../evaluation/closest.js';
import type { Definitions } from '../../evaluation/definition/schema.js';
import { isPlain } from '../../evaluation/json-value.js';
import type { Origin } from '../../evaluation/place.js';
import { YamlDocument } from './yaml-document.js';

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
  /** Whether it says nothing at all, as a file does that is just being written. */
  readonly blank: boolean;
  readonly text: string;
  readonly document: YamlDocument;
  /** The word under which its flags stand. */
  readonly key: 'flags' | 'features';
}

/**
 * Reads a YAML 1.2 or JSON file with a map of flags under `flags:` (or `features:`) and of segments under `segments:`.
 *
 * @throws GatekeeperError `INVALID_FILE` naming the file, the line and the fix
 */
export function readFlagsFile(path: string): FlagsFile {
  const name = displayName(path);
  return flagsIn(textOf(path, name), name);
}

/** The same for a text that stands in a file of this name, or is going to. */
export function flagsIn(text: string, name: string): FlagsFile {
  if (text.length > MAX_BYTES) throw invalid(`${name} would be larger than ${MAX_BYTES} bytes.`);
  const document = parsed(text, name);
  const content = contentOf(document, name);
  const key = content?.['features'] === undefined ? 'flags' : 'features';
  return {
    definitions: {
      flags: mapUnder(key, content, name) as Definitions['flags'],
      segments: mapUnder('segments', content, name) as Required<Definitions>['segments'],
    },
    origin: { name, line: (at) => document.line(at[0] === 'flags' ? [key, ...at.slice(1)] : at) },
    blank: content === undefined,
    text,
    document,
    key,
  };
}

/** A path for messages: as it is from here, when it is below here. */
export function displayName(path: string): string {
  const fromHere = relative(process.cwd(), path);
  return fromHere.startsWith('..') ? path : fromHere || '.';
}

/** The error for a file that is more likely half written, or on a full disk, than the wish to be without any flag, kills included. */
export function blank(name: string): GatekeeperError {
  return invalid(`${name} is empty; write \`flags: {}\` to have no flags.`);
}

function textOf(path: string, name: string): string {
  try {
    const stats = statSync(path);
    // Reading a pipe or a device may never end.
    if (!stats.isFile()) throw new Error('it is not a file');
    if (stats.size > MAX_BYTES) throw new Error(`it is larger than ${MAX_BYTES} bytes`);
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw invalid(`Cannot read the flags in ${name}: ${messageOf(error)}.`, error);
  }
}

function parsed(text: string, name: string): YamlDocument {
  try {
    return new YamlDocument(text);
  } catch (error) {
    throw invalid(`${name} cannot be parsed: ${messageOf(error)}.`, error);
  }
}

function contentOf(document: YamlDocument, name: string): Readonly<Record<string, unknown>> | undefined {
  const content = toJs(document, name);
  if (content === null || content === undefined) return undefined;
  if (!isPlain(content)) throw misshapen(name, 'is not a map');
  for (const key of Object.keys(content)) {
    if (!KEYS.includes(key)) {
      throw misshapen(name, `has the unknown key '${key}' at its top${didYouMean(key, KEYS)}`, document.line([key]));
    }
  }
  if ('flags' in content && 'features' in content) {
    throw misshapen(name, 'has both flags and features', document.line(['features']));
  }
  return content;
}

function toJs(document: YamlDocument, name: string): unknown {
  try {
    return document.toJS();
  } catch (error) {
    throw invalid(`${name} cannot be read: ${messageOf(error)}.`, error);
  }
}

function mapUnder(key: string, content: Readonly<Record<string, unknown>> | undefined, name: string): object {
  const map = content?.[key] ?? {};
  if (!isPlain(map)) throw misshapen(name, `has no map under ${key}`);
  return map;
}

function misshapen(name: string, problem: string, line?: number): GatekeeperError {
  return invalid(
    `${name}${line === undefined ? '' : `:${line}`} ${problem}; write flags under a top-level \`flags:\`, e.g. "flags:\\n  new_search: true" in ${basename(name)}.`,
  );
}

function invalid(message: string, cause?: unknown): GatekeeperError {
  return new GatekeeperError('INVALID_FILE', message, { cause });
}
