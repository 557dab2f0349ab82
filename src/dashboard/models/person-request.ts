import { parseInstant } from '../../evaluation/instants.js';
import type { KnownContext } from '../../evaluation/snapshot.js';
import { type UserId, userKey } from '../../evaluation/user-id.js';
import type { RecentContext } from '../../runtime/recent-contexts.js';
import { attributeLines, readAttributes } from './attribute-lines.js';
import { handleOf } from './who.js';

/** What stands in the form in which anybody can be tried out, as it was typed. */
export interface PersonForm {
  readonly user: string;
  /** The handle of a visitor, whose buckets count. */
  readonly visitor: string;
  readonly attributes: string;
  readonly at: string;
}

/** What cannot be read of the form, by field. */
export interface FormProblems {
  readonly attributes: readonly string[];
  readonly at: readonly string[];
}

/** Who is asked about, and when. */
export interface AskedPerson {
  readonly form: PersonForm;
  /** As they were seen lately; `undefined` for somebody who was not. */
  readonly seen: RecentContext | undefined;
  readonly context: KnownContext;
  /** Whether the attributes are those that were typed, and not those that were seen. */
  readonly byHand: boolean;
  /** The moment to decide for, in milliseconds since the epoch; `undefined` for now. */
  readonly at: number | undefined;
  /** `undefined` when all can be read. */
  readonly problems: FormProblems | undefined;
}

/**
 * Reads the address of a person's page: `user` or `visitor` says who, `attributes` what to take them for instead of what was
 * seen, `at` when.
 */
export function askedPerson(query: URLSearchParams, contexts: readonly RecentContext[]): AskedPerson {
  const get = (name: string): string => query.get(name) ?? '';
  const user = get('user').trim();
  const visitor = user === '' ? get('visitor') : '';
  const seen = seenAs(contexts, user, visitor);
  const known = seen?.attributes ?? {};
  const asSeen = attributeLines(known);
  const typed = get('attributes').replaceAll('\r\n', '\n');
  const byHand = typed.trim() !== '' && typed.trim() !== asSeen.trim();
  const { attributes, problems } = byHand ? readAttributes(typed) : { attributes: known, problems: [] };
  const at = momentIn(get('at'));
  return {
    form: { user, visitor, attributes: byHand ? typed : asSeen, at: get('at') },
    seen,
    context: { ...(seen ?? { userId: idOf(user, contexts) }), attributes },
    byHand,
    at: at.moment,
    problems:
      problems.length + at.problems.length === 0
        ? undefined
        : { attributes: problems.map(({ line, message }) => `Line ${line}: ${message}`), at: at.problems },
  };
}

function momentIn(text: string): { readonly moment: number | undefined; readonly problems: readonly string[] } {
  if (text.trim() === '') return { moment: undefined, problems: [] };
  const moment = parseInstant(text.trim(), 'UTC');
  if (Number.isFinite(moment)) return { moment, problems: [] };
  return { moment: undefined, problems: ['Write a date and perhaps a time, such as 2027-03-31 14:05.'] };
}

function seenAs(contexts: readonly RecentContext[], user: string, visitor: string): RecentContext | undefined {
  if (user !== '') return contexts.find(({ userId }) => userKey(userId) === user);
  if (visitor === '') return undefined;
  return contexts.find((context) => userKey(context.userId) === undefined && handleOf(context) === visitor);
}

/** An address holds only text: it is a number where the app's other ids are. */
function idOf(user: string, contexts: readonly RecentContext[]): UserId | undefined {
  if (user === '') return undefined;
  const isNumber = String(Number(user)) === user && contexts.some(({ userId }) => typeof userId === 'number');
  return isNumber ? Number(user) : user;
}
