import { messageOf } from '../../errors.js';
import { parseFlag } from '../../evaluation/definition/parse.js';
import type { FlagInput } from '../../evaluation/definition/schema.js';
import { isPlain } from '../../evaluation/json-value.js';
import { Place } from '../../evaluation/place.js';
import { conditionFrom, wantedFrom } from './condition-from.js';
import type { Draft } from './draft.js';
import { draftFrom } from './draft-from.js';
import { fieldNamed } from './field-named.js';
import type { Read } from './problem.js';
import { mapOf, Reading } from './reading.js';
import { serveFrom } from './serve-from.js';
import { ids, prose, readField, texts } from './typed-text.js';
import { definitionFromYaml } from './yaml-definition.js';

/** The definition that the fields of the editor come to, be it written as text or put together. */
export function definitionFrom(form: URLSearchParams): Read {
  const flag = form.get('flag') ?? '';
  const yaml = form.get('yaml');
  return yaml === null ? definitionOf(draftFrom(form), flag) : definitionFromYaml(yaml.replace(/\r\n?/g, '\n'), flag);
}

/** @param flag its name, for messages */
export function definitionOf(draft: Draft, flag: string): Read {
  const reading = new Reading();
  const definition = draft.shape === 'users' ? (reading.lines(draft.users, ids) ?? []) : mapFrom(draft, reading);
  if (reading.problems.length > 0) return { problems: reading.problems };
  try {
    parseFlag(definition, new Place('Flag', flag));
    return { definition };
  } catch (error) {
    const message = messageOf(error);
    return { problems: [{ field: fieldNamed(message), message }] };
  }
}

function mapFrom(draft: Draft, reading: Reading): FlagInput {
  const had = draft.keys.split(' ').filter((key) => key !== '');
  /** What is empty is there only if it was. */
  const kept = (key: string, value: object): object | undefined =>
    had.includes(key) || Object.keys(value).length > 0 ? value : undefined;
  const map = mapOf([
    ['description', readField(draft.description, prose)],
    ['kind', reading.text(draft.kind)],
    ['owner', reading.text(draft.owner)],
    ['expires', reading.text(draft.expires)],
    ['tags', reading.lines(draft.tags, texts)],
    ['variants', variantsFrom(draft, reading)],
    ['off', reading.text(draft.off)],
    ['enabled', reading.truth(draft.enabled)],
    ['killed', reading.truth(draft.killed)],
    ['clientSide', reading.truth(draft.clientSide)],
    ['overridable', reading.truth(draft.overridable)],
    ['overrides', kept('overrides', overridesFrom(draft, reading))],
    [
      'prerequisites',
      kept(
        'prerequisites',
        wantedFrom(draft.prerequisites, (index) => `prerequisites.${index}`, reading),
      ),
    ],
    ['rules', kept('rules', rulesFrom(draft, reading))],
    ['serve', serveFrom(draft.serve, 'serve', reading)],
    ['bucketBy', reading.text(draft.bucketBy)],
    ['salt', reading.text(draft.salt)],
  ]);
  return asShort(inOrder(map, had), draft.shape);
}

/** A short form that says all there is to say is kept. */
function asShort(map: Readonly<Record<string, unknown>>, shape: string): FlagInput {
  const [only, ...more] = Object.entries(map);
  if (only === undefined || more.length > 0) return map;
  const [key, value] = only;
  if (shape === 'boolean' && key === 'enabled' && typeof value === 'boolean') return value;
  if (shape === 'number' && key === 'serve' && isPlain(value) && Object.keys(value).join() === 'percentage') {
    return Number(value['percentage']);
  }
  return map;
}

function inOrder(map: Readonly<Record<string, unknown>>, keys: readonly string[]): Readonly<Record<string, unknown>> {
  const known = keys.filter((key) => Object.hasOwn(map, key));
  return Object.fromEntries([...new Set([...known, ...Object.keys(map)])].map((key) => [key, map[key]]));
}

function variantsFrom({ variants: { kind, rows } }: Draft, reading: Reading): unknown {
  if (kind === '') return undefined;
  const found = rows.flatMap(({ name, value }, index) => {
    const field = `variants.rows.${index}`;
    if (name.trim() + value.trim() === '') return [];
    return [{ name: reading.needed(name, `${field}.name`, 'the name of the variant'), value, field }];
  });
  found.forEach(({ name, field }, index) => {
    if (found.findIndex((other) => other.name === name) < index)
      reading.wrong(`${field}.name`, `${name} is there twice`);
  });
  if (kind === 'list') return found.map(({ name }) => name);
  const message = 'a value is written as JSON: "text" in quotes, 42, true, [1, 2], {"a": 1}';
  return Object.fromEntries(
    found.map(({ name, value, field }) => [name, reading.json(value, `${field}.value`, message)]),
  );
}

function overridesFrom({ overrides }: Draft, reading: Reading): object {
  return mapOf(
    overrides.map(({ variant, ids: typed }, index) => {
      const users = reading.lines(typed, ids);
      const name = users && reading.needed(variant, `overrides.${index}.variant`, 'the variant');
      return [name ?? '', users] as const;
    }),
  );
}

function rulesFrom({ rules }: Draft, reading: Reading): object[] {
  return rules.map(({ name, when, serve }, index) =>
    mapOf([
      ['name', reading.text(name)],
      ['when', conditionFrom(when, `rules.${index}.when`, reading)],
      ['serve', serveFrom(serve, `rules.${index}.serve`, reading)],
    ]),
  );
}
