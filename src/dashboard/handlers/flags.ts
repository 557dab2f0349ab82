import type { Answer, DashboardRequest } from '../answer.js';
import { NOTHING_KNOWN } from '../last-changes.js';
import { flagRow } from '../models/flag-row.js';
import { listingOf } from '../models/listing.js';
import { noteOf } from '../models/note.js';
import { overridesOf } from '../models/override.js';
import { troubleOf } from '../models/trouble.js';

/** `GET /`: the flags, what this browser gets and why, and the buttons to something else. */
export async function showFlags(request: DashboardRequest): Promise<Answer> {
  const { gk, flags, administration, lastChanges, health, now, person, query } = request;
  const overrides = overridesOf(gk);
  const recency = (await lastChanges?.read()) ?? NOTHING_KNOWN;
  const listing = listingOf(flags, query, recency, now);
  return {
    status: 200,
    view: 'flags',
    model: {
      listing,
      rows: listing.items.map((flag) => flagRow(flag, { gk, overrides, recency, now })),
      total: flags.size,
      overrides: [...overrides.values()],
      mayOverride: gk.mayOverride(),
      hasRight: person.can.has('override'),
      mayCreate: administration !== undefined && person.can.has('edit'),
      stored: administration !== undefined,
      note: noteOf(query, flags, overrides),
      trouble: troubleOf(health, now),
    },
  };
}
