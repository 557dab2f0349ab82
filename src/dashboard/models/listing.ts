import type { CompiledFlag } from '../../evaluation/compiled-flag.js';
import { parseInstant } from '../../evaluation/instants.js';
import type { Recency } from '../last-changes.js';
import { type Filters, filtersOf, LIST_FIELDS, NONE, passes, queryOf, SORTS, STATES } from './filters.js';
import { compare, type FlagIndex, type Indexed, indexOf } from './flag-index.js';
import { type Folder, treeOf } from './folders.js';
import { type Paged, pageOf } from './paging.js';

const PER_PAGE = 50;

/** More owners than these are found by a search. */
const MOST_OPTIONS = 200;

interface Option {
  readonly value: string;
  readonly label: string;
  readonly selected: boolean;
}

interface Choice {
  readonly name: string;
  readonly label: string;
  readonly options: readonly Option[];
}

/** The flags that were asked for, one page of them, and the ways to others. */
interface Listing extends Paged<CompiledFlag>, Filters {
  /** Whether less than all is shown. */
  readonly narrowed: boolean;
  readonly choices: readonly Choice[];
  readonly tree: Folder | undefined;
  /** What brings one back here. */
  readonly fields: readonly { readonly name: string; readonly value: string }[];
}

/**
 * `q` is words, each of which must be somewhere in what the row says; a flag of exactly that name comes first. `page` counts
 * from 1 and is kept inside.
 */
export function listingOf(
  flags: ReadonlyMap<string, CompiledFlag>,
  query: URLSearchParams,
  recency: Recency,
  now: number,
): Listing {
  const filters = filtersOf(query);
  const { folder, sort, q, kind, owner, state } = filters;
  const index = indexOf(flags);
  const anywhere = index.flags.filter(passes(filters, recency, now));
  const here = folder === '' ? anywhere : anywhere.filter(({ flag }) => flag.name.startsWith(folder));
  const sorted = exactFirst(inOrder(here, sort, recency), q).map(({ flag }) => flag);
  const asked = queryOf(filters);
  if (query.has('page')) asked.set('page', query.get('page') ?? '');
  const names = anywhere.map(({ flag }) => flag.name);
  return {
    ...filters,
    ...pageOf(sorted, asked, PER_PAGE),
    narrowed: [q, folder, kind, owner, state].some((value) => value !== ''),
    choices: choicesOf(index, filters),
    tree: treeOf(names, folder, (to) => `./?${queryOf({ ...filters, folder: to })}`),
    fields: LIST_FIELDS.map((name) => ({ name, value: asked.get(name) ?? '' })).filter(({ value }) => value !== ''),
  };
}

function choicesOf({ kinds, owners }: FlagIndex, filters: Filters): Choice[] {
  const options = (all: readonly (readonly [string, string])[], now: string): Option[] =>
    all.map(([value, label]) => ({ value, label, selected: value === now }));
  const named = (values: readonly string[], any: string, none: string): (readonly [string, string])[] => [
    ['', any],
    ...values.slice(0, MOST_OPTIONS).map((value) => [value, value] as const),
    [NONE, none],
  ];
  const choices: Choice[] = [
    { name: 'state', label: 'State', options: options([['', 'Any state'], ...STATES], filters.state) },
  ];
  if (kinds.length > 0)
    choices.push({ name: 'kind', label: 'Kind', options: options(named(kinds, 'Any kind', 'No kind'), filters.kind) });
  if (owners.length > 0) {
    choices.push({
      name: 'owner',
      label: 'Owner',
      options: options(named(owners, 'Any owner', 'No owner'), filters.owner),
    });
  }
  return [...choices, { name: 'sort', label: 'Sort by', options: options(sortOptions(), filters.sort || 'name') }];
}

/** The usual order needs no word in the address. */
function sortOptions(): (readonly [string, string])[] {
  return Object.entries(SORTS);
}

/** @param flags by name, which stays the order of those that are alike */
function inOrder(flags: readonly Indexed[], sort: string, { byFlag }: Recency): readonly Indexed[] {
  const by = <Key>(key: (flag: Indexed) => Key, order: (a: Key, b: Key) => number): readonly Indexed[] =>
    flags
      .map((flag) => ({ flag, key: key(flag) }))
      .sort((a, b) => order(a.key, b.key))
      .map(({ flag }) => flag);
  switch (sort) {
    case 'kind':
      return by(({ kind }) => kind, emptyLast);
    case 'owner':
      return by(({ owner }) => owner, emptyLast);
    case 'changed':
      return by(
        ({ flag }) => byFlag.get(flag.name)?.revision ?? -1,
        (a, b) => b - a,
      );
    case 'expires':
      return by(
        ({ flag }) => expiryOf(flag),
        (a, b) => (a === b ? 0 : a - b),
      );
    default:
      return flags;
  }
}

function emptyLast(a: string, b: string): number {
  return Number(a === '') - Number(b === '') || compare(a, b);
}

function expiryOf({ about }: CompiledFlag): number {
  const expires = parseInstant(about?.expires ?? '', 'UTC');
  return Number.isNaN(expires) ? Number.POSITIVE_INFINITY : expires;
}

function exactFirst(flags: readonly Indexed[], q: string): readonly Indexed[] {
  const exact = q === '' ? -1 : flags.findIndex(({ flag }) => flag.name === q);
  if (exact <= 0) return flags;
  return [...flags.slice(exact, exact + 1), ...flags.slice(0, exact), ...flags.slice(exact + 1)];
}
