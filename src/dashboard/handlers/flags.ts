import type { Answer, DashboardRequest } from '../answer.js';
import { flagRow } from '../models/flag-row.js';
import { listingOf } from '../models/listing.js';
import { noteOf } from '../models/note.js';
import { overridesOf } from '../models/override.js';
import { troubleOf } from '../models/trouble.js';

/** `GET /`: the flags, what this browser gets and why, and the buttons to something else. */
export function showFlags({ gk, flags, health, now, person, query }: DashboardRequest): Answer {
  const overrides = overridesOf(gk);
  const listing = listingOf(flags.values(), query);
  return {
    status: 200,
    view: 'flags',
    model: {
      listing,
      rows: listing.flags.map((flag) => flagRow(flag, { gk, overrides, now })),
      total: flags.size,
      overrides: [...overrides.values()],
      mayOverride: gk.mayOverride(),
      hasRight: person.can.has('override'),
      note: noteOf(query, flags, overrides),
      trouble: troubleOf(health, now),
    },
  };
}
