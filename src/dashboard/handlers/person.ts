import type { Answer, DashboardRequest } from '../answer.js';
import { personOf } from '../models/person.js';

/**
 * `GET /person?user=…` or `?visitor=…`: what somebody who was seen lately gets of every flag, and why. With `attributes` and
 * `at`, anybody: somebody made up, or seen but with other attributes, at another moment.
 */
export function showPerson({ snapshot, recentContexts, now, query }: DashboardRequest): Answer {
  const model = personOf({ snapshot, contexts: recentContexts(), query, now });
  return { status: model.flags === undefined ? 400 : 200, view: 'person', model };
}
