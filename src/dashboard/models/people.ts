import { shown } from '../../errors.js';
import type { CompiledFlag } from '../../evaluation/compiled-flag.js';
import type { Attributes } from '../../evaluation/context.js';
import type { FlagReader } from '../../evaluation/flag-reader.js';
import type { Snapshot } from '../../evaluation/snapshot.js';
import type { RecentContext } from '../../runtime/recent-contexts.js';
import { replay } from '../../runtime/replay.js';
import { type Moment, momentOf } from './moment.js';
import { type Paged, pageOf } from './paging.js';
import { type Who, whoOf } from './who.js';
import { finder, searchOf } from './words.js';

const PER_PAGE = 50;

/** How many attributes a row has room for. */
const MOST_ATTRIBUTES = 4;

/** How many characters of an attribute are shown. */
const LONGEST_VALUE = 200;

export interface NamedValue {
  readonly name: string;
  readonly value: string;
}

interface PersonRow {
  readonly who: Who;
  readonly seen: Moment;
  readonly attributes: readonly NamedValue[];
  /** How many attributes more there are. */
  readonly more: number;
  /** How many flags serve them something else than the off variant; not counted when one is asked about. */
  readonly on: number;
  /** What they get of the flag that was asked about. */
  readonly served: Served | undefined;
}

interface Served {
  readonly variant: string;
  readonly off: boolean;
}

/** How many get a variant of the flag that was asked about. */
interface Share extends Served {
  readonly count: number;
  /** The query that shows only them; of the one shown already, the query that shows all. */
  readonly query: string;
  readonly current: boolean;
}

interface People {
  readonly q: string;
  readonly flag: string;
  readonly variant: string;
  /** How many are known at all. */
  readonly known: number;
  readonly flags: number;
  readonly shares: readonly Share[];
  readonly rows: readonly PersonRow[];
  readonly paging: Paged<unknown>;
}

interface Present {
  readonly snapshot: Snapshot;
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly query: URLSearchParams;
  /** The flag to tell of each what they get of it. */
  readonly flag: CompiledFlag | undefined;
}

/** `q` is words, each of which must be in the id or the attributes; `flag` and `variant` leave those who get just that. */
export function peopleOf(contexts: readonly RecentContext[], { snapshot, now, query, flag }: Present): People {
  const q = searchOf(query);
  const matches = finder(q);
  const variant = (flag && query.get('variant')) ?? '';
  const found = contexts.filter((context) => context.anonymousId === q || matches(textOf(context)));
  const read = found.map((context) => {
    const reader = replay(snapshot, context, now);
    return { context, reader, served: flag && servedBy(reader, flag) };
  });
  const chosen = variant === '' ? read : read.filter(({ served }) => served?.variant === variant);
  const paging = pageOf(chosen, query, PER_PAGE);
  return {
    q,
    flag: flag?.name ?? '',
    variant,
    known: contexts.length,
    flags: snapshot.flags.size,
    shares: flag === undefined ? [] : sharesOf(flag, read, query),
    rows: paging.items.map(({ context, reader, served }) => ({
      who: whoOf(context),
      seen: momentOf(context.at, now),
      ...fewOf(context.attributes),
      on: flag === undefined ? [...snapshot.flags.keys()].filter((name) => reader.isEnabled(name)).length : 0,
      served,
    })),
    paging,
  };
}

/** Attributes as a page shows them. */
export function namedValues(attributes: Attributes): NamedValue[] {
  return Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => ({ name, value: typeof value === 'string' ? cut(value) : shown(value) }));
}

function cut(text: string): string {
  return text.length > LONGEST_VALUE ? `${text.slice(0, LONGEST_VALUE)}…` : text;
}

function fewOf(attributes: Attributes): Pick<PersonRow, 'attributes' | 'more'> {
  const all = namedValues(attributes);
  return { attributes: all.slice(0, MOST_ATTRIBUTES), more: Math.max(0, all.length - MOST_ATTRIBUTES) };
}

/** What a search looks through: names as well, so that `plan: premium` and `premium` find the same. */
function textOf(context: RecentContext): string {
  const { kind, name } = whoOf(context);
  return [`${kind} ${name}`, ...namedValues(context.attributes).map((one) => `${one.name}:${one.value}`)].join('\n');
}

function servedBy(reader: FlagReader, flag: CompiledFlag): Served {
  const variant = reader.ffVariant(flag.name) ?? '';
  return { variant, off: variant === flag.variants.off };
}

function sharesOf(
  flag: CompiledFlag,
  read: readonly { readonly served: Served | undefined }[],
  query: URLSearchParams,
): Share[] {
  return flag.variants.names.map((variant) => {
    const current = query.get('variant') === variant;
    const link = new URLSearchParams(query);
    link.delete('page');
    if (current) link.delete('variant');
    else link.set('variant', variant);
    const count = read.filter(({ served }) => served?.variant === variant).length;
    return { variant, off: variant === flag.variants.off, count, query: link.toString(), current };
  });
}
