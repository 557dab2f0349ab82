import type { RecordKind } from '../audit.js';
import type { Revision } from '../store.js';

/** The version of what is written here. A store refuses an environment that a later version has touched. */
export const SCHEMA = 1;

/** Between the parts of a field: it stands in no {@link RecordId}. */
export const SEPARATOR = '\n';

/** A kind and a name as one text, e.g. `flag:checkout/express-pay`, without control characters and half characters. */
export type RecordId = string;

/** The keys of one environment. They share a hash tag: one server of a cluster has them all. */
export interface Keys {
  /** Hash: `revision` and `schema`. */
  readonly head: string;
  /** Hash: record → its definition as JSON, empty once it is deleted. */
  readonly records: string;
  /** Sorted set: record → the revision of its last change. */
  readonly changed: string;
  /** Hash: revision → who, when and why, as JSON. */
  readonly entries: string;
  /** Hash: revision → the records it changed. */
  readonly named: string;
  /** Hash: revision and record → `[before,after]` as JSON. */
  readonly rows: string;
  /** Sorted set of records with revisions, in the order of the alphabet: the history of each record. */
  readonly index: string;
  /** The channel that is told of each revision. */
  readonly channel: string;
}

export function keysOf(prefix: string, environment: string): Keys {
  const key = (part: string): string => `${prefix}:{${hashTag(environment)}}:${part}`;
  return {
    head: key('head'),
    records: key('records'),
    changed: key('changed'),
    entries: key('entries'),
    named: key('named'),
    rows: key('rows'),
    index: key('index'),
    channel: key('changes'),
  };
}

/** The set of all environments. */
export function environmentsKey(prefix: string): string {
  return `${prefix}:environments`;
}

export function recordId({ kind, name }: { readonly kind: RecordKind; readonly name: string }): RecordId {
  return `${kind}:${escaped(name)}`;
}

export function recordOf(id: RecordId): { readonly kind: RecordKind; readonly name: string } {
  const colon = id.indexOf(':');
  return { kind: id.slice(0, colon) as RecordKind, name: unescaped(id.slice(colon + 1)) };
}

export function rowField(revision: Revision, id: RecordId): string {
  return `${revision}${SEPARATOR}${id}`;
}

/** A member of the index. Revisions are padded, so that the order of the alphabet is theirs. */
export function indexMember(id: RecordId, revision: Revision): string {
  return `${id}${SEPARATOR}${String(revision).padStart(16, '0')}`;
}

/** Redis keeps bytes: what is no valid Unicode, such as half an emoji, would come back as something else. JSON escapes it. */
export function escaped(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

export function unescaped(text: string): string {
  return JSON.parse(`"${text}"`) as string;
}

/** Braces would end the tag, and an empty one is none. */
function hashTag(environment: string): string {
  if (environment === '') return '%';
  return escaped(environment).replace(/[{}%]/g, encodeURIComponent);
}
