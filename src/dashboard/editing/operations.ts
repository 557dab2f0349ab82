import { blank, type Draft } from './draft.js';

/** The fields after a button was pressed that changes nothing but the form. */
export interface Changed {
  readonly draft: Draft;
  /** Where to go on: the name of a field, or of what stands around it. */
  readonly focus: string;
}

/** What the buttons add, by the word that stands before the list, and the field inside to go on in. */
const ADDED: Readonly<Record<string, readonly [entry: () => object, field: string]>> = {
  rule: [() => blank.rule(), 'name'],
  attribute: [() => blank.part({}), 'subject'],
  segment: [() => blank.part({ kind: 'segment' }), 'value'],
  flag: [() => blank.part({ kind: 'flag' }), 'subject'],
  group: [() => blank.part({ ...blank.group('any', 'list'), parts: [blank.part({})] }), 'parts.0.subject'],
  wanted: [() => blank.wanted(), 'flag'],
  variant: [() => blank.variant(), 'name'],
  step: [() => blank.step(), 'from'],
};

/**
 * Does what a button says: `attribute rules.0.when.parts` adds to a list; `up`, `down` and `remove` are about an entry of one.
 * What makes no sense changes nothing.
 */
export function operated(draft: Draft, operation: string): Changed {
  const [verb = '', path = ''] = operation.split(' ', 2);
  const copy = structuredClone(draft);
  const added = Object.hasOwn(ADDED, verb) ? ADDED[verb] : undefined;
  const focus = added ? add(copy, path, added) : moved(copy, verb, path);
  return { draft: copy, focus: focus ?? '' };
}

function add(draft: Draft, path: string, [entry, field]: (typeof ADDED)[string]): string | undefined {
  const list = inside(draft, path.split('.'));
  if (!Array.isArray(list)) return undefined;
  list.push(entry());
  return `${path}.${list.length - 1}.${field}`;
}

function moved(draft: Draft, verb: string, path: string): string | undefined {
  const keys = path.split('.');
  const index = Number(keys.pop());
  const list = inside(draft, keys);
  if (!Array.isArray(list) || list[index] === undefined) return undefined;
  const around = keys.join('.');
  if (verb === 'remove') {
    list.splice(index, 1);
    return list.length === 0 ? around : `${around}.${Math.min(index, list.length - 1)}`;
  }
  const to = verb === 'up' ? index - 1 : verb === 'down' ? index + 1 : index;
  if (list[to] === undefined) return undefined;
  list.splice(to, 0, ...list.splice(index, 1));
  return `${around}.${to}`;
}

function inside(draft: Draft, keys: readonly string[]): unknown {
  let value: unknown = draft;
  for (const key of keys) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
    value = Reflect.get(value, key);
  }
  return value;
}
