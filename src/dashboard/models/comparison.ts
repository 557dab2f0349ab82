import { changeBetween, changesOf } from '../../runtime/content.js';
import { isKilled } from '../../runtime/kills.js';
import type { RecordChange, RecordKind } from '../../stores/audit.js';
import type { StoreContent } from '../../stores/store.js';
import { flagLink, type RecordRow, recordRow } from './record-row.js';
import { finder } from './words.js';

/** How many of each group stand on a page, and can be named in one address: a search narrows them down. */
const MOST_SHOWN = 60;

/** As people sort: `a` beside `A`, `step-2` before `step-10`. */
const { compare } = new Intl.Collator('en', { numeric: true });

interface Field {
  /** Of the form by which records are chosen. */
  readonly field: string;
}

interface Alone extends Field {
  readonly kind: RecordKind;
  readonly name: string;
  readonly link: string;
}

type Different = Omit<RecordRow, 'verb'> &
  Field & { readonly verb: 'different'; readonly killed: 'here' | 'there' | '' };

interface Group<Row> {
  readonly rows: readonly Row[];
  readonly found: number;
  /** How many more there are than are shown. */
  readonly more: number;
}

/** Two environments, side by side. */
interface Comparison {
  readonly different: Group<Different>;
  readonly onlyHere: Group<Alone>;
  readonly onlyThere: Group<Alone>;
  /** How many records are alike. */
  readonly same: number;
}

/** What is different between two environments; `before` of each is what is here, `after` what is there. */
export function differences(here: StoreContent, there: StoreContent, q: string): RecordChange[] {
  const matches = finder(q);
  return changesOf(here, changeBetween(here, there))
    .filter(({ name }) => matches(name))
    .sort((a, b) => compare(a.name, b.name));
}

export function comparisonOf(here: StoreContent, there: StoreContent, q: string): Comparison {
  const all = differences(here, there, q).map((change, index) => ({ change, field: `${change.kind}.${index}` }));
  const both = all.filter(({ change: { before, after } }) => before !== null && after !== null);
  const matches = finder(q);
  const names = [...Object.keys(here.flags), ...Object.keys(here.segments)].filter(matches).length;
  const onlyHere = all.filter(({ change }) => change.after === null);
  return {
    different: groupOf(both, ({ change, field }) => ({
      ...recordRow(change),
      verb: 'different',
      field,
      killed: isKilled(change.before) === isKilled(change.after) ? '' : isKilled(change.before) ? 'here' : 'there',
    })),
    onlyHere: groupOf(onlyHere, aloneOf),
    onlyThere: groupOf(
      all.filter(({ change }) => change.before === null),
      aloneOf,
    ),
    same: names - both.length - onlyHere.length,
  };
}

interface Found extends Field {
  readonly change: RecordChange;
}

function aloneOf({ change: { kind, name }, field }: Found): Alone {
  return { kind, name, link: flagLink(kind, name), field };
}

function groupOf<Row>(all: readonly Found[], rowOf: (found: Found) => Row): Group<Row> {
  return { rows: all.slice(0, MOST_SHOWN).map(rowOf), found: all.length, more: Math.max(0, all.length - MOST_SHOWN) };
}
