import { isNode } from 'yaml';
import { messageOf } from '../../errors.js';
import { parseFlag } from '../../evaluation/definition/parse.js';
import type { FlagInput } from '../../evaluation/definition/schema.js';
import { type Path, Place } from '../../evaluation/place.js';
import { YamlDocument } from '../../stores/file/yaml-document.js';
import { definitionLines } from '../models/definition-lines.js';
import { pathNamed } from './field-named.js';
import type { Read } from './problem.js';

/** The field of the form that holds a definition as text. */
const FIELD = 'yaml';

/** A definition as somebody finds it in the field, to go on writing. */
export function yamlOf(definition: FlagInput): string {
  return `${definitionLines(definition).join('\n')}\n`;
}

/**
 * Reads a definition that was written as YAML, which JSON is too.
 *
 * @param flag its name, for messages
 */
export function definitionFromYaml(text: string, flag: string): Read {
  try {
    const document = new YamlDocument(text);
    const definition = document.toJS() as FlagInput;
    const line = (path: Path): number => lineOf(document, text, path.slice(2));
    parseFlag(definition, new Place('Flag', flag, { name: 'Line', line }));
    return { definition };
  } catch (error) {
    return { problems: [{ field: FIELD, message: messageOf(error).replace(/^Line:/, 'Line ') }] };
  }
}

/** The line of a text that a message is about, by the number or the path it names. */
export function lineIn(text: string, message: string): number | undefined {
  const [, told] = /^Line (\d+): |\bat line (\d+)/.exec(message)?.filter((part) => part !== undefined) ?? [];
  if (told !== undefined) return Number(told);
  const path = pathNamed(message);
  try {
    return path.length === 0 ? undefined : lineOf(new YamlDocument(text), text, path);
  } catch {
    return undefined;
  }
}

/** The line of the innermost part of `path` that is there, in a text that is one definition with nothing around it. */
function lineOf(document: YamlDocument, text: string, path: Path): number {
  for (let length = path.length; length > 0; length -= 1) {
    const node: unknown = document.tree.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return text.slice(0, node.range[0]).split('\n').length;
  }
  return 1;
}
