import { GatekeeperError } from '../../errors.js';
import type { DashboardRequest } from '../answer.js';
import { type Made, madeOf } from '../models/made.js';
import { wholeNumber } from './environment.js';

/** What a redirect to this page says was just done to a flag, if that is so. */
export async function justMade(request: DashboardRequest, flag: string): Promise<Made | undefined> {
  const { administration, person, query } = request;
  const revision = wholeNumber(query.get('made'));
  if (administration === undefined || revision === undefined) return undefined;
  try {
    return madeOf(await administration.entry(revision), flag, person.by);
  } catch (error) {
    if (error instanceof GatekeeperError) return undefined;
    throw error;
  }
}
