import type { Path } from '../../evaluation/place.js';

/** What stands before the problem in a message about a definition: `store:7: Flag "x", rules[0].serve: …`. */
const PLACE = /^(?:[^"]*: )?(?:Flag|Segment) "(?:[^"\\]|\\.)*", ([^:]+):/;

/** The parts of the form by the keys of a definition that they are about. */
const PARTS =
  /^(description|kind|owner|expires|tags|variants|off|enabled|clientSide|overridable|overrides|prerequisites|rules|serve|bucketBy|salt)$/;

/** The field, or the part of the form, that a message about a definition is about; `''` when it does not say. */
export function fieldNamed(message: string): string {
  const [part = '', index, inside] = pathNamed(message);
  if (!PARTS.test(String(part))) return '';
  if (part !== 'rules' || index === undefined) return String(part);
  return /^(name|when|serve)$/.test(String(inside)) ? `rules.${index}.${inside}` : `rules.${index}`;
}

/** The path that a message names. A key that holds a dot is taken for two: then the way ends before it. */
export function pathNamed(message: string): Path {
  const [, path = ''] = PLACE.exec(message) ?? [];
  return path
    .replace(/\[(\d+)\]/g, '.$1')
    .split('.')
    .filter((key) => key !== '')
    .map((key) => (/^\d+$/.test(key) ? Number(key) : key));
}
