import { type CompiledFlag, descriptionOf } from '../../evaluation/compiled-flag.js';

/** A flag as the list looks for it. */
export interface Indexed {
  readonly flag: CompiledFlag;
  /** All that a search looks at. */
  readonly text: string;
  readonly kind: string;
  readonly owner: string;
}

/** All flags, ready to be looked through. */
export interface FlagIndex {
  /** By name. */
  readonly flags: readonly Indexed[];
  readonly kinds: readonly string[];
  readonly owners: readonly string[];
}

/** As people sort: `a` beside `A`, `step-2` before `step-10`. */
export const { compare } = new Intl.Collator('en', { numeric: true });

/** A set of flags never changes: what took its time is kept for as long as the set is in use. */
const indexes = new WeakMap<ReadonlyMap<string, CompiledFlag>, FlagIndex>();

export function indexOf(flags: ReadonlyMap<string, CompiledFlag>): FlagIndex {
  let index = indexes.get(flags);
  if (index === undefined) {
    index = made(flags);
    indexes.set(flags, index);
  }
  return index;
}

function made(flags: ReadonlyMap<string, CompiledFlag>): FlagIndex {
  const indexed = [...flags.values()].map(indexedFlag).sort((a, b) => compare(a.flag.name, b.flag.name));
  return {
    flags: indexed,
    kinds: distinct(indexed.map(({ kind }) => kind)),
    owners: distinct(indexed.map(({ owner }) => owner)),
  };
}

function indexedFlag(flag: CompiledFlag): Indexed {
  const { kind = flag.config?.kind ?? '', owner = '', tags = [] } = flag.about ?? {};
  return { flag, text: [flag.name, descriptionOf(flag), kind, owner, ...tags].join('\n'), kind, owner };
}

function distinct(texts: readonly string[]): string[] {
  return [...new Set(texts)].filter((text) => text !== '').sort(compare);
}
