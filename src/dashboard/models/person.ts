import type { Snapshot } from '../../evaluation/snapshot.js';
import { userKey } from '../../evaluation/user-id.js';
import type { RecentContext } from '../../runtime/recent-contexts.js';
import { replay } from '../../runtime/replay.js';
import { asked } from './asked.js';
import { shortened } from './bucket.js';
import { type Moment, momentOf } from './moment.js';
import { type NamedValue, namedValues } from './people.js';
import { personFlags } from './person-flags.js';
import { type AskedPerson, askedPerson } from './person-request.js';
import { type Who, whoOf } from './who.js';

interface Present {
  readonly snapshot: Snapshot;
  readonly contexts: readonly RecentContext[];
  readonly query: URLSearchParams;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

interface PersonModel {
  readonly who: Who;
  /** When they were last seen; `undefined` for somebody who was not. */
  readonly seen: Moment | undefined;
  /** The moment they are looked at for, when it is not now. */
  readonly at: Moment | undefined;
  readonly attributes: readonly NamedValue[];
  /** What flags asked about them that is not known. */
  readonly missing: readonly string[];
  /** The ids beside the user's that buckets may go by. */
  readonly ids: readonly NamedValue[];
  readonly asked: AskedPerson;
  /** What they get; `undefined` while something of the form cannot be read. */
  readonly flags: ReturnType<typeof personFlags> | undefined;
  /** `''` for somebody who is not logged in. */
  readonly userId: string;
  readonly links: Links;
  /** Whose bucket it is that pictures show. */
  readonly beholder: 'this person';
}

interface Links {
  /** The query of this page without anything made up. */
  readonly asSeen: string;
  /** The query of this page without its search. */
  readonly allFlags: string;
  /** The same as fields, for the form that searches. */
  readonly kept: readonly NamedValue[];
}

/** What somebody gets of every flag and why: as they were seen, or as they were made up by hand. */
export function personOf({ snapshot, contexts, query, now }: Present): PersonModel {
  const person = askedPerson(query, contexts);
  const { context, seen, at, problems } = person;
  const watched = asked(context);
  const reader = replay(snapshot, watched.context, at ?? now);
  const flags = problems ? undefined : personFlags(snapshot.flags, reader, query);
  return {
    who: whoOf(context),
    seen: seen && momentOf(seen.at, now),
    at: at === undefined ? undefined : momentOf(at, now),
    attributes: namedValues(context.attributes),
    missing: watched.missing(),
    ids: idsOf(context),
    asked: person,
    flags,
    userId: userKey(context.userId) ?? '',
    links: linksOf(query),
    beholder: 'this person',
  };
}

function linksOf(query: URLSearchParams): Links {
  const only = (...names: readonly string[]): [string, string][] => [...query].filter(([name]) => names.includes(name));
  const kept = only('user', 'visitor', 'attributes', 'at');
  return {
    asSeen: new URLSearchParams(only('user', 'visitor')).toString(),
    allFlags: new URLSearchParams(kept).toString(),
    kept: kept.map(([name, value]) => ({ name, value })),
  };
}

function idsOf({ anonymousId, sessionId }: AskedPerson['context']): NamedValue[] {
  const ids = [
    { name: 'Anonymous id', id: anonymousId },
    { name: 'Session id', id: sessionId },
  ];
  return ids.flatMap(({ name, id }) => (id === undefined ? [] : [{ name, value: shortened(id) }]));
}
