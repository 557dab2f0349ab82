import type { PastContent } from '../../runtime/past.js';
import type { AuditEntry } from '../../stores/audit.js';
import type { DashboardRequest } from '../answer.js';
import { readLocalTime, timeZones } from '../models/local-time.js';
import { type Moment, momentOf } from '../models/moment.js';
import { type AskedPerson, askedPerson } from '../models/person-request.js';
import { flagsThen, flagThen, type Times } from '../models/then.js';
import { whoOf } from '../models/who.js';
import { stored } from './stored.js';

/**
 * `GET /then?user=…&at=…&flag=…`: what somebody got at a moment, and why, by the definitions as they stood then. Without a flag,
 * of all flags.
 */
export const showThen = stored(async (request: DashboardRequest, administration) => {
  const { now, query, snapshot } = request;
  const { problem, instant, ...time } = readLocalTime(query, now);
  const person = askedPerson(withoutTime(query), request.recentContexts());
  const flag = (query.get('flag') ?? '').trim();
  const typed = person.problems?.attributes ?? [];
  const problems = [...typed.map((message) => ({ field: 'attributes', message })), ...(problem ? [problem] : [])];
  const about = {
    form: { ...person.form, ...time, flag },
    who: whoOf(person.context),
    seen: person.seen && momentOf(person.seen.at, now),
    byHand: person.byHand,
    problems,
    zones: timeZones(),
  };
  if (problems.length > 0 || query.size === 0) {
    return { status: problems.length > 0 ? 400 : 200, view: 'then', model: { ...about, result: undefined } };
  }
  const past = await administration.contentAt(instant);
  const times: Times = {
    past: { content: past, snapshot: administration.snapshotOf(past), at: instant },
    present: { content: administration.content, snapshot, at: now },
    context: person.context,
  };
  const known = times.past.snapshot.flags.has(flag) || snapshot.flags.has(flag);
  return {
    status: 200,
    view: 'then',
    model: {
      ...about,
      result: {
        ...forceAt(past, now),
        when: momentOf(instant, now),
        local: time,
        future: instant > now,
        flag: known ? flagThen(flag, times) : undefined,
        flags: known ? undefined : flagsThen(flag, times),
        // What was written into a file by hand is written down with the next change.
        unrecorded:
          past.next === undefined && past.entry !== undefined && past.entry.revision < administration.content.revision,
        query: queryOf(person, time),
      },
    },
  };
});

interface Change {
  readonly revision: number;
  readonly by: string;
  readonly comment: string;
  readonly when: Moment;
}

/** What was in force, and until when. */
function forceAt({ revision, entry, next }: PastContent, now: number): object {
  const change = ({ revision: number, by, comment, at }: AuditEntry): Change => ({
    revision: number,
    by,
    comment,
    when: momentOf(at, now),
  });
  return { revision, entry: entry && change(entry), next: next && change(next) };
}

/** The same person and moment, for links to single flags. */
function queryOf({ form, byHand }: AskedPerson, { at, zone }: { readonly at: string; readonly zone: string }): string {
  const { user, visitor, attributes } = form;
  return new URLSearchParams({
    ...(user && { user }),
    ...(visitor && { visitor }),
    ...(byHand && { attributes }),
    at,
    zone,
  }).toString();
}

/** Here the moment says by which definitions is decided; it is read with its zone. */
function withoutTime(query: URLSearchParams): URLSearchParams {
  const rest = new URLSearchParams(query);
  rest.delete('at');
  return rest;
}
