import { attributeAt, attributePath } from '../../evaluation/attributes.js';
import type { Attributes } from '../../evaluation/context.js';

/** An attribute that was asked for, and of how many people it is not known. */
export interface Unknown {
  readonly attribute: string;
  readonly people: number;
}

/** The same attributes; each that is asked for and is not there is told. */
export function noticing(attributes: Attributes, missed: (name: string) => void): Attributes {
  const notice = (name: string | symbol): void => {
    // A path is asked for as a whole first.
    if (typeof name === 'string' && attributeAt(attributes, attributePath(name)) === undefined) missed(name);
  };
  return new Proxy(attributes, {
    get(target, name) {
      notice(name);
      return Reflect.get(target, name);
    },
  });
}

/** The attributes that were missed, those missed most often first. */
export function unknownsOf(all: readonly { readonly missed: readonly string[] }[]): Unknown[] {
  const people = new Map<string, number>();
  for (const { missed } of all) {
    const inPaths = new Set(missed.filter((name) => name.includes('.')).map((name) => name.split('.', 1)[0]));
    for (const name of missed) if (!inPaths.has(name)) people.set(name, (people.get(name) ?? 0) + 1);
  }
  return [...people].map(([attribute, count]) => ({ attribute, people: count })).sort((a, b) => b.people - a.people);
}
