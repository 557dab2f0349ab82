import type { Recency } from '../last-changes.js';
import type { Indexed } from './flag-index.js';
import { stalenessOf } from './staleness.js';
import { STATE_TITLES, type StateWord, stateOf } from './state.js';
import { finder, searchOf } from './words.js';

/** What the list can be narrowed to and sorted by, as the address says it. Empty for what is not. */
export interface Filters {
  readonly q: string;
  readonly folder: string;
  readonly kind: string;
  readonly owner: string;
  readonly state: string;
  readonly sort: string;
}

/** All that brings one back to the same place in the list. */
export const LIST_FIELDS = ['q', 'folder', 'kind', 'owner', 'state', 'sort', 'page'] as const;

/** How the address says that none is said. */
export const NONE = '(none)';

/** Longer than any name. */
const LONGEST = 250;

export function filtersOf(query: URLSearchParams): Filters {
  const value = (field: string): string => (query.get(field) ?? '').slice(0, LONGEST);
  const folder = value('folder');
  return {
    q: searchOf(query),
    folder: folder === '' || folder.endsWith('/') ? folder : `${folder}/`,
    kind: value('kind'),
    owner: value('owner'),
    state: isState(value('state')) ? value('state') : '',
    sort: value('sort') !== 'name' && Object.hasOwn(SORTS, value('sort')) ? value('sort') : '',
  };
}

/** The query of a list with these filters. */
export function queryOf(filters: Partial<Filters>): URLSearchParams {
  return new URLSearchParams(Object.entries(filters).filter(([, value]) => value !== ''));
}

export const STATES: readonly (readonly [value: string, label: string])[] = [
  ...Object.entries(STATE_TITLES),
  ['stale', 'Stale'],
];

export const SORTS: Readonly<Record<string, string>> = {
  name: 'Name',
  changed: 'Changed last',
  expires: 'Expiry',
  kind: 'Kind',
  owner: 'Owner',
};

function isState(value: string): value is StateWord | 'stale' {
  return STATES.some(([state]) => state === value);
}

/** Whether a flag is among those the filters leave. The folder is looked at elsewhere. */
export function passes(filters: Filters, recency: Recency, now: number): (flag: Indexed) => boolean {
  const found = filters.q === '' ? () => true : finder(filters.q);
  return ({ flag, text, kind, owner }) =>
    isAs(filters.kind, kind) && isAs(filters.owner, owner) && found(text) && isIn(filters.state, flag, recency, now);
}

function isAs(wanted: string, value: string): boolean {
  return wanted === '' || value === (wanted === NONE ? '' : wanted);
}

function isIn(wanted: string, flag: Indexed['flag'], recency: Recency, now: number): boolean {
  if (wanted === '') return true;
  if (wanted === 'stale') return stalenessOf(flag, recency, now) !== undefined;
  // A broken one may be killed as well, which shows first.
  return wanted === 'broken' ? flag.problem !== undefined : stateOf(flag, now).word === wanted;
}
