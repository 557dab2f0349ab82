import type { Administration } from '../../runtime/administration.js';
import type { DashboardRequest } from '../answer.js';
import { comparisonOf } from '../models/comparison.js';
import { type Moment, momentOf } from '../models/moment.js';
import { searchOf } from '../models/words.js';
import { noEnvironment } from './problems.js';
import { stored } from './stored.js';

/** `GET /environments`: the sets of flags in this store; with `with`, one beside another (by default the app's own). */
export const showEnvironments = stored(async (request: DashboardRequest, administration) => {
  const { now, query, person } = request;
  const known = await administration.environments();
  const here = query.get('of') || administration.environment;
  const there = query.get('with') || '';
  const unknown = [here, there].find((name) => name !== '' && !known.includes(name));
  if (unknown !== undefined) return noEnvironment(unknown, known);
  const rows = await Promise.all(known.map((name) => environmentRow(administration, name, now)));
  return {
    status: 200,
    view: 'environments',
    model: {
      rows,
      known,
      own: administration.environment,
      storeName: administration.storeName,
      several: administration.hasEnvironments,
      here,
      there,
      q: searchOf(query),
      mayEdit: person.can.has('edit'),
      compared:
        there === '' || there === here ? undefined : await compared(administration, here, there, searchOf(query)),
    },
  };
});

interface EnvironmentRow {
  readonly name: string;
  /** Whether it is the one that this app reads. */
  readonly own: boolean;
  readonly revision: number;
  /** The last change; `undefined` before the first. */
  readonly last: { readonly by: string; readonly comment: string; readonly when: Moment } | undefined;
}

async function environmentRow(administration: Administration, name: string, now: number): Promise<EnvironmentRow> {
  const [last] = await administration.history({ limit: 1 }, name);
  return {
    name,
    own: name === administration.environment,
    revision: last?.revision ?? 0,
    last: last && { by: last.by, comment: last.comment, when: momentOf(last.at, now) },
  };
}

async function compared(administration: Administration, here: string, there: string, q: string): Promise<object> {
  return comparisonOf(await administration.load(here), await administration.load(there), q);
}
