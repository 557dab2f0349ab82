import type { Answer, DashboardRequest } from '../answer.js';
import { peopleOf } from '../models/people.js';
import { unknownFlag } from './problems.js';

/** `GET /people`: whom flags were read for lately; with `?flag=…` also what each of them gets of it. */
export function showPeople({ snapshot, flags, recentContexts, now, query }: DashboardRequest): Answer {
  const name = query.get('flag') ?? '';
  const flag = flags.get(name);
  if (name !== '' && flag === undefined) return unknownFlag(name, flags.keys());
  return { status: 200, view: 'people', model: peopleOf(recentContexts(), { snapshot, now, query, flag }) };
}
